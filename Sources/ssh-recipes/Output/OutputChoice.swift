import Runs

/// Which output a run gets.
enum OutputChoice {
  static func sink(_ options: SharedOptions) -> (sink: any EventSink, display: (any PausableDisplay)?) {
    let format = options.output ?? (TerminalFacts.isTerminal(1) ? .terminal : .plain)
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
