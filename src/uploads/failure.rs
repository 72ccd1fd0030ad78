//! Why a file has not arrived, in the words of a resident.

use local_data::protocol::Failure;

use crate::i18n::tr;

pub(super) fn message_of(failure: &Failure) -> String {
    let message = match failure {
        Failure::Heic => tr(
            "这是 HEIC 格式的照片，这里打不开。请在相机设置里选“兼容性最佳”再拍，或把照片截图后上传。",
            "This is a HEIC photo, which cannot be opened here. Set the camera to “Most compatible”, or upload a \
             screenshot of it.",
        ),
        Failure::Unreadable => {
            tr("这个文件不是照片，打不开。请换一张照片。", "This file is not a photo. Please choose another.")
        }
        Failure::SignedOut => tr(
            "登录过期了，照片还在。重新登录后会接着传。",
            "Your sign-in has ended, the photo is kept. It goes on once you sign in again.",
        ),
        Failure::Refused(message) if !message.is_empty() => message,
        Failure::Refused(_) | Failure::Unreachable => tr(
            "没有连上，照片还在。信号好了会接着传。",
            "No connection, the photo is kept. It goes on when the signal is back.",
        ),
    };
    message.to_owned()
}
