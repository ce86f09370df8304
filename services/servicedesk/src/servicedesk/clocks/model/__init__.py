"""Whose turn it is, and what is due by when: decided here, touching nothing.

A ticket passes through turns. In each it is with one party, and runs, or waits for one
thing. A party's clock counts the school's time of its own turns that ran: neither what
lay with others, nor what waited. See ADR 0040.
"""
