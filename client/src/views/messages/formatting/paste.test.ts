// @vitest-environment jsdom
import { expect, test } from "vitest";
import { fromHtml } from "./paste.ts";

const WORD = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- p.MsoNormal {margin:0cm} --></style></head><body lang=EN-GB>
<!--StartFragment--><p class=MsoNormal><b>Fire</b><b><span style='mso-spacerun:yes'> </span>safety</b> is <i>everybody’s</i> task.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>Know the exits<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>o<span>&nbsp; </span></span><![endif]>both of <b>them</b><o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span><![endif]>Ring</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>2.<span>&nbsp; </span></span><![endif]>Run</p><!--EndFragment--></body></html>`;

const DOCS = `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span style="font-weight:700;">Hello</span><span style="font-weight:400;"> and </span><span style="font-style:italic;font-weight:400;">welcome</span></p><ul><li dir="ltr"><p dir="ltr" role="presentation"><span style="font-weight:400">one</span></p></li><li dir="ltr"><p dir="ltr"><span style="font-weight:400">two</span></p></li></ul></b>`;

test.each([
  ["Word", WORD, "**Fire safety** is *everybody’s* task.\n- Know the exits\n   - both of **them**\n1. Ring\n2. Run"],
  ["Google Docs", DOCS, "**Hello** and *welcome*\n- one\n- two"],
  [
    "a page",
    `<h2>Title</h2><p>See <a href="https://example.org/a">the course</a>.</p><p>Then <code>run</code></p>`,
    "**Title**\nSee [the course](https://example.org/a).\n\nThen `run`",
  ],
  ["a list in a list", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"],
  ["a numbered list", "<ol><li>a</li><li><b>b</b></li></ol>", "1. a\n2. **b**"],
  ["code", "<pre><code>if a:\n    b</code></pre>", "```\nif a:\n    b\n```"],
  ["a quote", "<blockquote><p>said</p><p>before</p></blockquote><p>answer</p>", "> said\n>\n> before\nanswer"],
  ["bold with blanks around", "<p>a<b> b </b>c</p>", "a **b** c"],
  ["bold and italic", "<p><b>a <i>b</i></b><i> c</i></p>", "**a *b*** *c*"],
  ["runs of the same word", "<p><b>un</b><b>done</b> it</p>", "**undone** it"],
  ["line breaks", "<div><b>a<br>b</b></div>", "**a**\n**b**"],
  ["signs of the text itself", "<p>2*3*4 and <b>x</b></p>", "2\\*3\\*4 and **x**"],
  ["a link that leads nowhere", `<p><b>x</b> <a href="javascript:alert(1)">y</a></p>`, "**x** y"],
  ["a script", "<p><b>x</b><script>alert(1)</script><style>p{}</style></p>", "**x**"],
  ["what is hidden", `<p><b>x</b><span style="display:none">secret</span></p>`, "**x**"],
  ["Arabic", `<p dir="rtl"><b>مهم</b>: اقرأ</p>`, "**مهم**: اقرأ"],
])("%s", (_, html, text) => {
  expect(fromHtml(html)).toBe(text);
});

test.each([
  ["plain words", "<p>only words</p>"],
  ["an editor's colours", `<div style="font-family:monospace"><span style="color:red">const</span> a_b = 1;</div>`],
  ["nothing", ""],
  ["too much", `<b>${"a".repeat(400_000)}</b>`],
])("%s are pasted as plain text", (_, html) => {
  expect(fromHtml(html)).toBeUndefined();
});

test("hostile pages take no long time", () => {
  const began = performance.now();
  fromHtml("<div>".repeat(300) + "<b>x</b>");
  fromHtml("<b><i>".repeat(150) + "x");
  fromHtml("<p><b>a</b> b</p>".repeat(20_000));
  expect(performance.now() - began).toBeLessThan(8_000);
});
