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
      return (PlainOutput(output: .standardOutput, complaints: .standardError, detail: options.detail), nil)
    case .json: return (JSONOutput(stream: .standardOutput), nil)
    case .junit: return (JUnitOutput(stream: .standardOutput), nil)
    }
  }
}
