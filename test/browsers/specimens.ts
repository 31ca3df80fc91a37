/** Faulty layouts, each with what must be said of it. */
export const SPECIMENS: readonly Readonly<{ html: string; fault: RegExp }>[] = [
  {
    html: '<fieldset style="margin: 40px; padding: 20px"><legend style="padding: 0">Question</legend>Yes</fieldset>',
    fault: /fieldset > legend is outside its parent: top by/,
  },
  {
    html: '<div style="width: 100px"><div class="wide" style="width: 120px">a</div></div>',
    fault: /div > div.wide is outside its parent: right by 20 px/,
  },
  {
    html: '<div style="width: 400px; height: 1px"></div>',
    fault: /the page is \d+ px wide in a window of 360 px/,
  },
  {
    html: '<div style="width: 50px; overflow: hidden; white-space: nowrap">a long name</div>',
    fault: /div cuts what it holds/,
  },
  {
    html: '<div style="width: 50px; white-space: nowrap">a long name</div>',
    fault: /“a long name” is cut: right by/,
  },
  {
    html: '<p style="margin: 0">one text</p><p style="position: absolute; top: 8px; margin: 0">another</p>',
    fault: /“one text” and “another” overlap/,
  },
  {
    html: '<button>one</button><button style="margin-left: -12px">two</button>',
    fault: /button and body > button overlap/,
  },
];
