//! The facts of a guide, out of the portal's own names for them.

use anyhow::{Context, Result, ensure};
use serde_json::Value;

/// What comes over from a guide.
#[derive(Debug)]
pub(super) struct Guide {
    pub(super) title: String,
    pub(super) code: String,
    pub(super) area: String,
    /// The leading office (牵头部门), its phone, where to complain, and who else takes part.
    pub(super) office: String,
    pub(super) phone: String,
    pub(super) complaints: String,
    pub(super) partners: String,
    pub(super) items: Vec<GuideItem>,
    pub(super) papers: Vec<Paper>,
    pub(super) window: Option<Place>,
    pub(super) before: Effort,
    pub(super) now: Effort,
    /// Counts of what is said in sentences: conditions, questions with answers, fees.
    pub(super) conditions: usize,
    pub(super) questions: usize,
    pub(super) fees: usize,
}

#[derive(Debug)]
pub(super) struct GuideItem {
    pub(super) title: String,
    /// Working days that the office promises; none where the guide does not say.
    pub(super) days: Option<u32>,
    pub(super) result: String,
}

#[derive(Debug)]
pub(super) struct Paper {
    pub(super) title: String,
    pub(super) way: Way,
    /// Asked for in every case, not only in some.
    pub(super) is_always: bool,
}

/// How one is spared bringing it (免提交方式).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Generated,
    Certificate,
    Verified,
    Upload,
}

#[derive(Debug)]
pub(super) struct Place {
    pub(super) name: String,
    pub(super) address: String,
    pub(super) hours: String,
}

#[derive(Debug, Default)]
pub(super) struct Effort {
    pub(super) papers: u32,
    pub(super) days: u32,
    pub(super) steps: u32,
    pub(super) visits: u32,
}

impl Guide {
    pub(super) fn read(text: &str) -> Result<Self> {
        let answer: Value = serde_json::from_str(text)?;
        let data = answer.get("data").context("no `data`: this is no answer of the portal about a guide")?;
        let title = said(data, "sxmc").context("no `sxmc`, the name of the service")?;
        let code = said(data, "yjsSsqdbm").context("no `yjsSsqdbm`, its code")?;
        let (basic, effort) = (&data["basicInfo"], &data["onethingCatalogStandServiceGuide"]);
        let items: Vec<GuideItem> = all(data, "approveList").filter_map(item).collect();
        ensure!(!items.is_empty(), "no items: `approveList` is empty");
        let count = |name: &str| all(data, name).count();
        Ok(Self {
            title,
            code,
            area: said(basic, "areaName").unwrap_or_default(),
            office: said(basic, "qtbmmc").unwrap_or_else(|| "政务服务中心".to_owned()),
            phone: said(basic, "zxdh").unwrap_or_else(|| "12345".to_owned()),
            complaints: said(basic, "jdtsdh").unwrap_or_default(),
            partners: said(basic, "cooperateName").unwrap_or_default(),
            items,
            papers: all(data, "materialList").filter_map(paper).collect(),
            window: all(data, "guidePoint").find_map(place),
            before: Effort {
                papers: number(effort, "gqsbcl"),
                days: number(effort, "gqblsx"),
                steps: number(effort, "hjsgq"),
                visits: number(effort, "gqpdcs"),
            },
            now: Effort {
                papers: number(effort, "xzsbcl"),
                days: number(effort, "xzblsx"),
                steps: number(effort, "hjsxz"),
                visits: number(effort, "xzpdcs"),
            },
            conditions: count("guideCondition"),
            questions: count("questionInfo"),
            fees: count("chargelist"),
        })
    }

    /// The code of the service without that of the place: `43PCN0009`.
    pub(super) fn short_code(&self) -> String {
        self.code.chars().take(9).collect()
    }
}

fn item(item: &Value) -> Option<GuideItem> {
    let title = said(item, "lbsxfwmc")?;
    let result = said(item, "resultSampleName").filter(|name| name != "无");
    let days = item.get("cnsxsx").and_then(Value::as_f64).filter(|days| *days > 0.0).map(|days| days.ceil() as u32);
    Some(GuideItem { result: result.unwrap_or_else(|| format!("{title}的办理结果")), title, days })
}

fn paper(paper: &Value) -> Option<Paper> {
    let way = match said(paper, "mtjfs").as_deref() {
        Some("1") => Way::Generated,
        Some("2") => Way::Certificate,
        Some("3") => Way::Verified,
        _ => Way::Upload,
    };
    Some(Paper { title: said(paper, "clmc")?, way, is_always: said(paper, "clbyx").as_deref() != Some("2") })
}

fn place(point: &Value) -> Option<Place> {
    Some(Place { name: said(point, "bldmc")?, address: said(point, "xxdz")?, hours: said(point, "blsj")? })
}

fn all<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value.get(name).and_then(Value::as_array).into_iter().flatten()
}

/// A text that says something.
fn said(value: &Value, name: &str) -> Option<String> {
    let text = value.get(name)?.as_str()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Numbers come as numbers or as texts.
fn number(value: &Value, name: &str) -> u32 {
    let value = value.get(name);
    let number = value.and_then(Value::as_f64).or_else(|| value?.as_str()?.parse().ok());
    number.map_or(0, |number| number.max(0.0) as u32)
}
