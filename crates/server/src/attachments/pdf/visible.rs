//! What a reader needs to draw a page: which entries of which dictionaries. Everything that is not named here is left
//! out, so that nobody has to know all the places where a PDF hides names, times, programs and addresses. The names are
//! those of ISO 32000.

/// What a dictionary is for, which says what its entries may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Purpose {
    /// What a page or a form draws with, by sort.
    Resources,
    /// Names that the author chose, each with something drawn.
    Drawings,
    /// Names that the author chose, each with a layer.
    Layers,
    /// A layer, which can be switched off, or what says which of them are.
    Layer,
    /// A font, a picture, a shading, a colour, or a part of one.
    Drawing,
}

impl Purpose {
    /// What the value of an entry is for; `None` where the entry is left out.
    pub(super) fn of_entry(self, key: &[u8]) -> Option<Self> {
        match self {
            Self::Resources => match key {
                b"Font" | b"XObject" | b"ExtGState" | b"ColorSpace" | b"Pattern" | b"Shading" => Some(Self::Drawings),
                b"Properties" => Some(Self::Layers),
                _ => None,
            },
            Self::Drawings => Some(Self::Drawing),
            Self::Layers => Some(Self::Layer),
            Self::Layer => LAYER.contains(&key).then_some(Self::Layer),
            Self::Drawing => match key {
                b"Resources" => Some(Self::Resources),
                b"CharProcs" | b"Colorants" => Some(Self::Drawings),
                b"OC" => Some(Self::Layer),
                _ => DRAWING.iter().any(|keys| keys.contains(&key)).then_some(Self::Drawing),
            },
        }
    }
}

const LAYER: [&[u8]; 8] = [b"Type", b"OCGs", b"P", b"VE", b"D", b"BaseState", b"ON", b"OFF"];

const DRAWING: [&[&[u8]]; 9] =
    [&PACKING, &PICTURES, &STATE, &FONTS, &FONT_FILES, &FUNCTIONS, &COLOURS, &PATTERNS, &HALFTONES];

/// Of streams. `Filter` and `Length` are written by `streams.rs`.
const PACKING: [&[u8]; 12] = [
    b"Predictor",
    b"Colors",
    b"BitsPerComponent",
    b"Columns",
    b"EarlyChange",
    b"K",
    b"EncodedByteAlign",
    b"EndOfBlock",
    b"EndOfLine",
    b"Rows",
    b"BlackIs1",
    b"JBIG2Globals",
];

const PICTURES: [&[u8]; 20] = [
    b"Type",
    b"Subtype",
    b"Width",
    b"Height",
    b"ColorSpace",
    b"ColorTransform",
    b"Decode",
    b"DamagedRowsBeforeError",
    b"ImageMask",
    b"Intent",
    b"Interpolate",
    b"Mask",
    b"Matte",
    b"SMask",
    b"SMaskInData",
    b"BBox",
    b"FormType",
    b"Group",
    b"Matrix",
    b"S",
];

/// How it is drawn: widths, dashes, transparency.
const STATE: [&[u8]; 25] = [
    b"LW", b"LC", b"LJ", b"ML", b"D", b"RI", b"OP", b"op", b"OPM", b"BG", b"BG2", b"UCR", b"UCR2", b"TR", b"TR2",
    b"FL", b"SM", b"SA", b"BM", b"CA", b"ca", b"AIS", b"TK", b"G", b"CS",
];

const FONTS: [&[u8]; 23] = [
    b"BaseFont",
    b"Font",
    b"FirstChar",
    b"LastChar",
    b"Widths",
    b"FontDescriptor",
    b"Encoding",
    b"BaseEncoding",
    b"Differences",
    b"ToUnicode",
    b"FontMatrix",
    b"DescendantFonts",
    b"CIDSystemInfo",
    b"CIDToGIDMap",
    b"Registry",
    b"Ordering",
    b"Supplement",
    b"DW",
    b"DW2",
    b"W",
    b"W2",
    b"WMode",
    b"UseCMap",
];

const FONT_FILES: [&[u8]; 26] = [
    b"Ascent",
    b"AvgWidth",
    b"CIDSet",
    b"CMapName",
    b"CapHeight",
    b"CharSet",
    b"Descent",
    b"Flags",
    b"FontBBox",
    b"FontFamily",
    b"FontFile",
    b"FontFile2",
    b"FontFile3",
    b"FontName",
    b"FontStretch",
    b"FontWeight",
    b"ItalicAngle",
    b"Leading",
    b"Length1",
    b"Length2",
    b"Length3",
    b"MaxWidth",
    b"MissingWidth",
    b"StemH",
    b"StemV",
    b"XHeight",
];

const FUNCTIONS: [&[u8]; 12] = [
    b"FunctionType",
    b"Domain",
    b"Range",
    b"Size",
    b"BitsPerSample",
    b"Order",
    b"Encode",
    b"C0",
    b"C1",
    b"N",
    b"Functions",
    b"Bounds",
];

const COLOURS: [&[u8]; 8] =
    [b"Alternate", b"WhitePoint", b"BlackPoint", b"Gamma", b"Process", b"Components", b"I", b"BC"];

const PATTERNS: [&[u8]; 17] = [
    b"PatternType",
    b"PaintType",
    b"TilingType",
    b"XStep",
    b"YStep",
    b"Shading",
    b"ExtGState",
    b"ShadingType",
    b"Background",
    b"AntiAlias",
    b"Coords",
    b"Function",
    b"Extend",
    b"BitsPerCoordinate",
    b"BitsPerFlag",
    b"VerticesPerRow",
    b"Style",
];

const HALFTONES: [&[u8]; 3] = [b"HT", b"HalftoneType", b"HalftoneName"];
