#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

enum TerminalFacts {
  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  static func size(_ descriptor: Int32) -> (columns: Int, rows: Int) {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return (80, 24) }
    return (Int(size.ws_col), Int(size.ws_row))
  }

  static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// - Returns: whether the user wants colours (no-color.org) and the terminal supports them.
  static func isColorWanted(_ descriptor: Int32) -> Bool {
    let noColor = environment("NO_COLOR") ?? ""
    return noColor.isEmpty && environment("TERM") != "dumb" && isTerminal(descriptor)
  }
}
