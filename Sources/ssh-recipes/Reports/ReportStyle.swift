/// The style sheet of a report's page: light or dark as the reader likes, and readable on a phone.
enum ReportStyle {
  static let text = """
    :root { color-scheme: light dark; --ink: #1c1e21; --dim: #5d646e; --line: #d9dde3; --paper: #fff; --card: #f6f7f9;
      --good: #16794b; --bad: #b3261e; --mild: #8a5a00; }
    @media (prefers-color-scheme: dark) { :root { --ink: #e6e8eb; --dim: #a0a7b1; --line: #363b43; --paper: #16181c;
      --card: #1f2228; --good: #5fcf97; --bad: #ff8a80; --mild: #f0b95a; } }
    * { box-sizing: border-box; }
    body { margin: 0 auto; max-width: 72rem; padding: 1.5rem 1rem 3rem; color: var(--ink); background: var(--paper);
      font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
    h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
    h3 { font-size: 1rem; margin: 0 0 .5rem; } h4 { font-size: .95rem; margin: .5rem 0 0; }
    p { margin: .25rem 0; } .facts, footer, .key { color: var(--dim); font-size: .9rem; font-weight: normal; }
    .badge { font-size: .85rem; font-weight: 600; padding: .15rem .6rem; border-radius: 1rem; color: var(--paper);
      background: var(--dim); white-space: nowrap; vertical-align: .15em; }
    .badge.good { background: var(--good); } .badge.bad { background: var(--bad); } .badge.mild { background: var(--mild); }
    .failure { border-left: 4px solid var(--bad); background: var(--card); padding: .75rem 1rem; margin: .75rem 0; }
    dl { display: grid; grid-template-columns: auto 1fr; gap: .25rem 1rem; margin: .5rem 0 0; }
    dt { color: var(--dim); } dd { margin: 0; min-width: 0; }
    code, pre { font: .875em/1.5 ui-monospace, monospace; } pre { margin: .25rem 0; padding: .5rem .75rem;
      background: var(--card); white-space: pre-wrap; }
    dd p { margin: 0; } dd p + p { margin-top: .35rem; } .key b { margin-left: .75rem; } .key b:first-child { margin: 0; }
    .names span { display: inline-block; margin-right: .75rem; }
    ol.legend { margin: .25rem 0; padding-left: 1.6rem; columns: 20rem; font-size: .9rem; }
    .scroll { overflow-x: auto; } table { border-collapse: collapse; font-size: .9rem; min-width: 100%; }
    th, td { padding: .3rem .5rem; border-bottom: 1px solid var(--line); text-align: center; font-weight: normal; }
    thead th { color: var(--dim); } th.host { text-align: left; position: sticky; left: 0; background: var(--paper);
      min-width: 8rem; } td.result { text-align: left; white-space: nowrap; } .time { text-align: right; white-space: nowrap; }
    tr.failed td.result, .f { color: var(--bad); } tr.changed td.result, .c { color: var(--good); } .w { color: var(--mild); }
    tr.not-begun td.result, tr.pending td.result { color: var(--mild); } .u, .r { color: var(--dim); }
    details.work { border-bottom: 1px solid var(--line); padding: .4rem 0; } summary { cursor: pointer; }
    details.failed > summary .host { color: var(--bad); } summary .host { font-weight: 600; }
    ul { margin: .25rem 0; padding-left: 1.1rem; } details.work ul { list-style: none; padding-left: .75rem; }
    .note { color: var(--dim); } footer { margin-top: 2.5rem; border-top: 1px solid var(--line); padding-top: .75rem; }
    @media (max-width: 480px) { body { padding: 1rem .75rem 2rem; } dl { grid-template-columns: 1fr; gap: 0; }
      dt { margin-top: .4rem; } th, td { padding: .3rem .25rem; } th.host { min-width: 6.5rem; max-width: 9.5rem; } }
    @media print { details.work:not([open]) { display: none; } }
    """
}
