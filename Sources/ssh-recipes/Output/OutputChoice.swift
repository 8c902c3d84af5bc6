import Runs

/// Chooses the output of a run.
enum OutputChoice {
  static func sink(_ options: OutputOptions) -> (sink: any EventSink, display: (any PausableDisplay)?) {
    let format = options.format ?? (TerminalFacts.isTerminal(1) ? .terminal : .plain)
    switch format {
    case .terminal:
      let style = Style(isColored: !options.noColor && TerminalFacts.isColorWanted(1))
      let terminal = TerminalOutput(
        stream: .standardOutput, style: style, detail: options.detail, size: { TerminalFacts.size(1) })
      return (terminal, terminal)
    case .plain:
      let gate = OutputGate()
      let plain = PlainOutput(
        output: gate.gated(.standardOutput), complaints: gate.gated(.standardError), detail: options.detail)
      return (plain, gate)
    case .json:
      let gate = OutputGate()
      return (JSONOutput(stream: gate.gated(.standardOutput)), gate)
    // Written at the end of the run, after all prompts.
    case .junit: return (JUnitOutput(stream: .standardOutput), nil)
    }
  }
}
