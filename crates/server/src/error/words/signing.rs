//! Refusals to those who sign, and to those who ask them.

use super::Words;
use crate::error::ApiError;

impl ApiError {
    pub(super) fn signing(&self) -> Words {
        match self {
            Self::SignedContentChanged(_) => (
                "signed-content-changed",
                ("内容刚刚改过，还没有签上", "The content has just changed and was not signed"),
                ("请把改过的几项再看一遍，没问题再签。", "Please look at what changed, and sign if it is right."),
            ),
            Self::OwnSignature => (
                "own-signature",
                ("这是您自己的号码", "This is your own number"),
                (
                    "您自己签名，直接在这部手机上签就行。要请别人签，请把前面的手机号和证件号改成对方的。",
                    "You can sign on this phone. To ask somebody else, enter their number and document before.",
                ),
            ),
            _ => (
                "signature-request-closed",
                ("这次签名已经结束", "This request to sign is closed"),
                (
                    "可能已经签过、撤回或者过期了。需要再签的，请申请人再发一次。",
                    "It was signed, taken back or has ended. If a signature is still needed, the applicant can ask again.",
                ),
            ),
        }
    }
}
