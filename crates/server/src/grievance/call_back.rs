//! By when somebody is called back, by the hours of the desk and the calendar, and how the reporter is told.

use contract::grievance::Source;
use contract::office_hours::CallBack;
use contract::{Text, date};
use time::{Date, Month};

use crate::backend::Backend;
use crate::partners::{clock_time, in_changde};
use crate::store::{GrievanceRecord, Seconds};

/// The day until which an officer must call the reporter.
pub(crate) fn contact_due(backend: &Backend, source: Source, told_at: Seconds) -> String {
    date::print(call_back(backend, source, told_at).day)
}

/// Whether the time has passed in which somebody should have called.
pub(super) fn is_missed(backend: &Backend, record: &GrievanceRecord) -> bool {
    let CallBack { day, by } = call_back(backend, record.source, record.created_at);
    let now = backend.now();
    (day, by) < (in_changde(now).date(), clock_time(now))
}

/// What happens next with a report that nobody has answered yet.
pub(super) fn promise(backend: &Backend, record: &GrievanceRecord) -> Text {
    let CallBack { day, by } = call_back(backend, record.source, record.created_at);
    if is_missed(backend, record) {
        return Text::new(
            "应当联系您的时间已经过了。如果还没有人联系您，请拨打 12345。",
            "Somebody should have called you by now. If nobody has, please call 12345.",
        );
    }
    if day == in_changde(backend.now()).date() {
        return Text::new(
            format!("已收到，今天 {by} 前有工作人员打电话给您。"),
            format!("We have received it. An officer will call you today, by {by}."),
        );
    }
    let (zh, en) = spelled(day);
    match record.source {
        Source::Report => Text::new(
            format!("已收到。现在是下班时间，{zh}上午有工作人员打电话给您。"),
            format!("We have received it. The office is closed now; an officer will call you on the morning of {en}."),
        ),
        Source::Rating => Text::new(
            format!("已收到，最晚 {zh}有工作人员打电话给您。"),
            format!("We have received it. An officer will call you by {en}."),
        ),
    }
}

fn call_back(backend: &Backend, source: Source, told_at: Seconds) -> CallBack {
    let day = in_changde(told_at).date();
    match source.contact_working_days() {
        0 => backend.calendar.call_back(day, clock_time(told_at)),
        days => CallBack { day: backend.calendar.due(day, days), by: backend.calendar.desk.closes },
    }
}

/// `11 月 30 日`, and `30 November`.
fn spelled(day: Date) -> (String, String) {
    let month: Month = day.month();
    (format!("{} 月 {} 日", u8::from(month), day.day()), format!("{} {month}", day.day()))
}
