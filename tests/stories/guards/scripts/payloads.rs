//! Strings that would become a script if somewhere words were taken for markup, for an address or for a template.

use std::collections::BTreeSet;

/// What each of them tries to do. It needs no quotes, and it is seen on the page afterwards.
pub(super) const RUN: &str = "document.documentElement.lang=7";

const OPENERS: [&str; 12] = [
    "<img src=x ",
    "<svg ",
    "<body ",
    "<iframe src=x ",
    "<video><source ",
    "<audio src=x ",
    "<details open ",
    "<input autofocus ",
    "<marquee ",
    "<object data=x ",
    "<style ",
    "<math href=x ",
];

const EVENTS: [&str; 8] =
    ["onerror", "onload", "onfocus", "ontoggle", "onstart", "onmouseover", "onanimationstart", "onpointerrawupdate"];

/// What ends the place the words might stand in.
const ENDS: [&str; 16] = [
    "\">",
    "'>",
    "`>",
    "/>",
    "</textarea>",
    "</title>",
    "</style>",
    "</script>",
    "-->",
    "]]>",
    "</noscript>",
    "</template>",
    "</svg>",
    "</math>",
    "&quot;&gt;",
    "</select></option>",
];

const ADDRESSES: [&str; 10] = [
    "javascript:",
    "JaVaScRiPt:",
    "java\tscript:",
    "java\nscript:",
    " javascript:",
    "javascript&colon;",
    "&#106;avascript:",
    "&#x6A;&#x61;vascript:",
    "data:text/html,<script>",
    "vbscript:",
];

/// Elements that take an address: what stands before it, and after.
const HOLDERS: [(&str, &str); 6] = [
    ("<a href=\"", "\">go</a>"),
    ("<iframe src=\"", "\"></iframe>"),
    ("<form action=\"", "\"><button>go</button></form>"),
    ("<svg><a xlink:href=\"", "\"><text>go</text></a></svg>"),
    ("<meta http-equiv=refresh content=\"0;url=", "\">"),
    ("", ""),
];

const FOREIGN: [&str; 20] = [
    "<svg><script>!</script></svg>",
    "<svg><script href=\"data:,!\"/></svg>",
    "<svg><animate onbegin=! attributeName=x dur=1s>",
    "<svg><set attributeName=href to=\"javascript:!\" /><text>go</text></svg>",
    "<svg><a><animate attributeName=href values=\"javascript:!\" /><text>go</text></a></svg>",
    "<svg><foreignObject><body onload=!></foreignObject></svg>",
    "<svg><use href=\"data:image/svg+xml,<svg id='x' onload='!'/>#x\"></svg>",
    "<svg><style><img src=x onerror=!></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=!>",
    "<math><annotation-xml encoding=\"text/html\"><img src=x onerror=!></annotation-xml></math>",
    "<math><mi xlink:href=\"data:x,!\">go</mi></math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=!>",
    "<noscript><p title=\"</noscript><img src=x onerror=!>\">",
    "<template><script>!</script></template>",
    "<select><template><img src=x onerror=!></template></select>",
    "<table><td background=\"javascript:!\"></table>",
    "<xmp><p title=\"</xmp><img src=x onerror=!>\">",
    "<listing>&lt;img src=x onerror=!&gt;</listing>",
    "<plaintext><img src=x onerror=!>",
    "<base href=\"javascript:/!//\"><a href=x>go</a>",
];

const CODED: [&str; 16] = [
    "%3Cscript%3E!%3C/script%3E",
    "%253Cscript%253E!%253C/script%253E",
    "&lt;script&gt;!&lt;/script&gt;",
    "&#60;script&#62;!&#60;/script&#62;",
    "&#x3c;script&#x3e;!&#x3c;/script&#x3e;",
    "&amp;lt;script&amp;gt;!&amp;lt;/script&amp;gt;",
    "\\u003cscript\\u003e!\\u003c/script\\u003e",
    "\\x3cscript\\x3e!\\x3c/script\\x3e",
    "\\74script\\76!\\74/script\\76",
    "+ADw-script+AD4-!+ADw-/script+AD4-",
    "\u{ff1c}script\u{ff1e}!\u{ff1c}/script\u{ff1e}",
    "<scr<script>ipt>!</scr</script>ipt>",
    "<<script>!//<</script>",
    "<script/x>!</script\n>",
    "<ScRiPt>!</sCrIpT>",
    "<script>!",
];

const TEMPLATES: [&str; 12] = [
    "{{ 7*7 }}",
    "{{ constructor.constructor('!')() }}",
    "{% raw %}<script>!</script>{% endraw %}",
    "{%- include \"../../secret.key\" -%}",
    "${!}",
    "#{!}",
    "<%= ! %>",
    "[[!]]",
    "*{!}",
    "@(!)",
    "{{{<script>!</script>}}}",
    "|safe }}<script>!</script>{{ x",
];

const HIDDEN: [&str; 8] = [
    "\u{202e}<script>!</script>",
    "\u{2066}<img src=x onerror=!>\u{2069}",
    "<\u{200b}script>!</script>",
    "<script\u{feff}>!</script>",
    "\u{a0}<svg onload=!>",
    "\u{2028}!\u{2029}",
    "<img\u{b}src=x onerror=!>",
    "\u{ad}javascript:!",
];

/// In quotes of an attribute, or in none.
const QUOTED: [&str; 12] = [
    "\" onmouseover=\"!",
    "' onmouseover='!",
    "` onmouseover=`!",
    " onmouseover=! x=",
    "\" autofocus onfocus=\"!",
    "' autofocus onfocus='!",
    "\" style=\"animation-name:x\" onanimationstart=\"!",
    "\"/onpointerenter=!//",
    "\\\" onfocus=\\\"!",
    "'-!-'",
    "\";!;//",
    "</script><script>!//",
];

/// All of them, each once.
pub(super) fn payloads() -> Vec<String> {
    let mut all = BTreeSet::new();
    for opener in OPENERS {
        all.extend(EVENTS.map(|event| format!("{opener}{event}=!>")));
    }
    for end in ENDS {
        all.extend(["<script>!</script>", "<img src=x onerror=!>", "<svg onload=!>"].map(|tag| format!("{end}{tag}")));
    }
    for address in ADDRESSES {
        all.extend(HOLDERS.map(|(before, after)| format!("{before}{address}!{after}")));
    }
    for written in [&FOREIGN[..], &CODED, &TEMPLATES, &HIDDEN, &QUOTED] {
        all.extend(written.iter().map(|text| (*text).to_owned()));
    }
    all.into_iter().map(|text| text.replace('!', RUN)).collect()
}

/// The same, as many as fit together into a text of so many characters; one that does not fit alone is left out.
pub(super) fn packed(most: usize) -> Vec<String> {
    let mut packs = vec![String::new()];
    for payload in payloads().into_iter().filter(|payload| payload.chars().count() <= most) {
        let payload = payload.replace(['\n', '\t', '\u{b}'], " ");
        match packs.last_mut() {
            Some(pack) if pack.chars().count() + payload.chars().count() < most => {
                pack.push(' ');
                pack.push_str(&payload);
            }
            _ => packs.push(payload),
        }
    }
    packs.retain(|pack| !pack.is_empty());
    packs.iter().map(|pack| pack.trim().to_owned()).collect()
}
