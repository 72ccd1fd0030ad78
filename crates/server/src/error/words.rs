//! The words of a refusal: its stable code, what happened, and what to do next.

mod officers;
mod signing;

use contract::Text;

use super::ApiError;

impl ApiError {
    /// Code, title and detail.
    pub(super) fn words(&self) -> (&'static str, Text, Text) {
        let (code, title, detail) = match self {
            Self::Unreadable(reason) => return unreadable(reason),
            Self::Refused(_) => return unreadable(""),
            Self::Gate(says) => {
                return ("gate", Text::new("这件事要到窗口办", "This needs a visit to a counter"), says.clone());
            }
            Self::File(code, says) => {
                return (code, Text::new("这个文件用不了", "We cannot use this file"), says.clone());
            }
            Self::TooMany { retry_after_seconds } => return too_many(*retry_after_seconds),
            Self::NoticeUnprintable(character) => return unprintable(character),
            Self::Busy | Self::Full | Self::Unavailable | Self::NoticeUnavailable | Self::Slow | Self::Internal => {
                self.our_side()
            }
            Self::WrongOfficer
            | Self::Claimed
            | Self::NotClaimed
            | Self::OwnCase
            | Self::NotYourOffice
            | Self::TaskChanged
            | Self::StepNotAllowed
            | Self::NotPaid
            | Self::NothingToPay => self.casework(),
            Self::SignedContentChanged(_) | Self::OwnSignature | Self::RequestClosed => self.signing(),
            Self::NotAMobilePhone | Self::WrongCode | Self::CodeUsedUp | Self::WrongTicket | Self::SignInNeeded => {
                self.signing_in()
            }
            _ => self.request(),
        };
        (code, Text::new(title.0, title.1), Text::new(detail.0, detail.1))
    }

    fn our_side(&self) -> Words {
        match self {
            Self::Busy => (
                "busy",
                ("现在办事的人比较多", "Many people are here right now"),
                (
                    "您填的内容都在，请过几秒再试一次。",
                    "Everything you entered is safe. Please try again in a few seconds.",
                ),
            ),
            Self::Full => (
                "full",
                ("现在暂时存不下新的内容", "We have no room for anything new right now"),
                (
                    "显示过“已保存”的都在，照常可以看。刚才这一步没有存上，请过一会儿再试；急用请拨打 12345。",
                    "Everything that said “saved” is safe and can be read. This last step was not saved: please try again \
                     later, or call 12345 if it is urgent.",
                ),
            ),
            Self::Unavailable => (
                "unavailable",
                ("对方单位的网络暂时没有回应", "Another office does not answer right now"),
                (
                    "您填的内容都在。请过一会儿再试，或拨打 12345。",
                    "Everything you entered is safe. Please try again later, or call 12345.",
                ),
            ),
            Self::NoticeUnavailable => (
                "notice-unavailable",
                ("现在打不出文书", "The notice cannot be printed right now"),
                (
                    "事情照常办，不受影响。请过一会儿再试；急着要纸质的，带身份证到窗口，窗口给您打印。",
                    "Your application goes on. Please try again later; if you need the paper now, bring your ID card to the window, which prints it.",
                ),
            ),
            Self::Slow => (
                "slow",
                ("网络有点慢，没有收完", "The connection is slow and we did not receive everything"),
                ("请换个信号好的地方再试一次。", "Please try again where the signal is better."),
            ),
            _ => (
                "internal",
                ("我们这边出了点问题", "Something went wrong on our side"),
                (
                    "您填的内容都在。请过一会儿再试；还不行，请拨打 12345。",
                    "Everything you entered is safe. Please try again later; if it stays so, call 12345.",
                ),
            ),
        }
    }

    fn signing_in(&self) -> Words {
        match self {
            Self::NotAMobilePhone => (
                "not-a-mobile-phone",
                ("请填 11 位手机号", "Enter an 11-digit mobile number"),
                (
                    "手机号以 1 开头，共 11 位，例如 13807360001。",
                    "It starts with 1 and has 11 digits, for example 13807360001.",
                ),
            ),
            Self::WrongCode => (
                "wrong-code",
                ("验证码不对", "The code is not right"),
                ("请对照最新一条短信再填一次。", "Compare it with the newest message and enter it again."),
            ),
            Self::CodeUsedUp => (
                "code-used-up",
                ("这条验证码不能用了", "This code can no longer be used"),
                ("请重新获取一条验证码。", "Please ask for a new code."),
            ),
            Self::WrongTicket => (
                "wrong-ticket",
                ("没有登录成功", "You are not signed in"),
                (
                    "请从湘易办重新进入，或用手机号登录。",
                    "Come in from the super-app again, or sign in with your phone.",
                ),
            ),
            _ => (
                "sign-in-needed",
                ("请先登录", "Please sign in"),
                ("登录后接着办，填过的内容都在。", "Sign in and go on; everything you entered is safe."),
            ),
        }
    }

    fn request(&self) -> Words {
        match self {
            Self::WrongMediaType
            | Self::NotArrived
            | Self::IfMatchNeeded
            | Self::KeyNeeded
            | Self::KeyReused
            | Self::WrongMethod => self.client(),
            Self::TooManyFiles | Self::TooManyBytes | Self::TooManyDrafts => self.too_many_at_once(),
            Self::Foreign => (
                "foreign-origin",
                ("请从本页面办理", "Please use this site's own pages"),
                ("这个请求来自别的网站，没有执行。", "This request came from another site and was not carried out."),
            ),
            Self::InFlight => (
                "submission-in-flight",
                ("正在提交，请稍等", "It is being sent, please wait"),
                ("不用再点，几秒后就有结果。", "No need to press again: it is done in a few seconds."),
            ),
            Self::Stale(_) => (
                "stale",
                ("您在别处改过这份申请", "You changed this application somewhere else"),
                ("两边的内容都在，请看一看再继续。", "Both versions are kept. Have a look before you go on."),
            ),
            Self::TooLarge => (
                "too-large",
                ("内容太多了，收不下", "This is more than we can take"),
                ("照片请不超过 20 MB，文字请写短一些。", "Keep photos below 20 MB and texts shorter."),
            ),
            Self::Invalid(_) => (
                "invalid-answers",
                ("有几项没有保存", "Some answers were not saved"),
                ("请看标出的几项。", "Please look at the answers listed."),
            ),
            Self::ConsentNeeded => (
                "consent-needed",
                ("请先阅读并同意说明", "Please read and agree to the text first"),
                ("没有您的同意，这些内容我们一概不保存。", "Without your consent we keep none of it."),
            ),
            Self::NotReady(_) => (
                "not-ready",
                ("还差几项就能提交", "A few answers are still needed"),
                ("请补好标出的几项，再提交一次。", "Complete the answers listed, then send again."),
            ),
            Self::NotRenewable => (
                "not-renewable",
                ("这张证现在不能续期或变更", "This certificate cannot be renewed or changed now"),
                (
                    "可能还没到时间，可能已经过期、换过新证，或者已经在办。请到“我的证照”看一看。",
                    "It may be too early, it may have expired or been replaced, or it is being decided. Look at “My certificates”.",
                ),
            ),
            _ => (
                "not-found",
                ("没有找到", "Not found"),
                ("它可能已经删除，或不在您名下。", "It may have been deleted, or it is not yours."),
            ),
        }
    }

    /// What a person may have without sending it.
    fn too_many_at_once(&self) -> Words {
        match self {
            Self::TooManyFiles => (
                "too-many-files",
                ("一份申请最多放 60 个文件", "An application holds 60 files at most"),
                ("请删掉用不着的，再传新的。", "Delete those you do not need, then add new ones."),
            ),
            Self::TooManyBytes => (
                "too-many-bytes",
                ("未提交的申请里，文件一共不能超过 1 GB", "The files of your drafts would exceed 1 GB"),
                ("请先提交，或删掉用不着的草稿，再传。", "Submit or delete one of these drafts, then upload again."),
            ),
            _ => (
                "too-many-drafts",
                ("您的草稿已经有 50 份", "You already have 50 drafts"),
                ("请先在“我的草稿”里删掉用不着的。", "Delete those you do not need under “My drafts” first."),
            ),
        }
    }

    /// Refusals that only a faulty client meets.
    fn client(&self) -> Words {
        match self {
            Self::WrongMediaType => (
                "wrong-media-type",
                ("请求的内容类型不对", "The content type is not right"),
                ("请用 application/json 发送。", "Send application/json."),
            ),
            Self::NotArrived => (
                "not-arrived",
                ("文件还没有传完", "The file has not arrived yet"),
                ("请把剩下的传完。", "Send the rest of it."),
            ),
            Self::IfMatchNeeded => (
                "if-match-needed",
                ("请求里缺少 If-Match", "The request lacks If-Match"),
                ("请带上草稿的 ETag。", "Send the draft's ETag."),
            ),
            Self::KeyNeeded => (
                "idempotency-key-needed",
                ("请求里缺少 Idempotency-Key", "The request lacks Idempotency-Key"),
                (
                    "请带上 8 到 64 个字符的键，重试时用同一个。",
                    "Send a key of 8 to 64 characters, and the same one when you retry.",
                ),
            ),
            Self::KeyReused => (
                "idempotency-key-reused",
                ("这个键已经用于另一次提交", "This key belongs to another submission"),
                ("请换一个新的键。", "Use a new key."),
            ),
            _ => (
                "wrong-method",
                ("这个地址不能这样用", "This address does not do that"),
                ("请回到首页重新进入。", "Please go back to the start page."),
            ),
        }
    }
}

type Words = (&'static str, (&'static str, &'static str), (&'static str, &'static str));

fn unreadable(reason: &str) -> (&'static str, Text, Text) {
    let title = Text::new("这个请求没有读懂", "We could not read this request");
    let detail = match reason.is_empty() {
        true => Text::new("请刷新页面再试一次。", "Reload the page and try again."),
        false => Text::new(reason, reason),
    };
    ("unreadable", title, detail)
}

fn unprintable(character: &str) -> (&'static str, Text, Text) {
    let title = Text::new("文书里有一个字打不出来", "One character of the notice cannot be printed");
    let detail = Text::new(
        format!("打不出来的是{character}。事情照常办，不受影响。请带身份证到窗口，窗口给您打印。"),
        format!(
            "It is {character}. Your application goes on; bring your ID card to the window, which prints the notice."
        ),
    );
    ("notice-unprintable", title, detail)
}

fn too_many(seconds: u64) -> (&'static str, Text, Text) {
    let title = Text::new("请稍等一下", "Please wait a moment");
    let (zh, en) = if seconds > 120 {
        let minutes = seconds.div_ceil(60);
        (format!("请 {minutes} 分钟后再试。"), format!("Please try again in {minutes} minutes."))
    } else {
        (format!("请 {seconds} 秒后再试。"), format!("Please try again in {seconds} seconds."))
    };
    ("too-many", title, Text::new(zh, en))
}
