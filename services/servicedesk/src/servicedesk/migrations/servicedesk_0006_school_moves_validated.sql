-- Everything stands where its school does: what was there before, too.
-- depends: servicedesk_0006_school_moves

SET lock_timeout = '2s';

ALTER TABLE ticket VALIDATE CONSTRAINT ticket_school_fkey;
ALTER TABLE ticket_counter VALIDATE CONSTRAINT ticket_counter_school_fkey;
ALTER TABLE ticket_history VALIDATE CONSTRAINT ticket_history_ticket_fkey;
ALTER TABLE ticket_history VALIDATE CONSTRAINT ticket_history_fact_check;
ALTER TABLE ticket_comment VALIDATE CONSTRAINT ticket_comment_ticket_fkey;
