"""The use case of reports: one reading of all that they tell."""

from chassis import db
from chassis.auth import Actor
from servicedesk.feedback import service as feedback
from servicedesk.feedback.model import SumsAsked
from servicedesk.reports import model, store
from servicedesk.reports.model import Place, Report, ReportAsked
from servicedesk.schools import service as schools
from servicedesk.timelog import service as timelog
from servicedesk.timelog.model import TimeAsked


async def get_report(database: db.Database, actor: Actor, asked: ReportAsked) -> Report:
    """Tell of the service of a school, of an LA, or of all within the scope.

    Raises:
        SchoolNotFound: the school is not within the scope.
        ReportImpossible: the days are none, or too many.
    """
    model.require_days(asked.first, asked.last)
    days = (asked.first, asked.last)
    async with database.read(actor, model.ACCESS) as tx:
        school_id = await schools.id_of(tx, asked.school_urn)
        place = Place(asked.la_code, school_id)
        at = (place.la_code, place.school_id)
        time_asked = TimeAsked(asked.la_code, asked.school_urn, *days, "month")
        time = await timelog.time_of(tx, time_asked, *at)
        sums_asked = SumsAsked(asked.la_code, asked.school_urn, *days, "school")
        said = await feedback.sums_of(tx, sums_asked, *at)
        figures = await store.count_tickets(tx, asked, place)
        reopened = await store.count_reopened(tx, asked, place)
        return Report(
            *days,
            model.lines(figures, reopened),
            await store.count_promises(tx, asked, place),
            model.minutes(time),
            model.scores(said.scores),
            model.met(said.obstacles),
            await store.count_schools(tx, asked, place),
        )
