/// The log of an `ssh -v` that passes connections on for others.
struct JumpLog {
  private let lines: [Substring]

  init(_ text: String) { lines = text.split(whereSeparator: \.isNewline) }

  /// The refusal of the last connection to a place: `channel 2: open failed: connect failed: Connection refused`.
  ///
  /// - Parameter place: `HOST:PORT`, an IPv6 address without brackets.
  func refusal(of place: String) -> String? {
    guard let request = lines.lastIndex(of: "debug1: channel_connect_stdio_fwd: \(place)"),
      let channel = lines[request...].dropFirst().first.flatMap({ String($0).inside("debug1: channel ", ": new ") })
    else { return nil }
    let sign = "channel \(channel): "
    for line in lines[request...].dropFirst(2) {
      if line.hasPrefix(sign + "open failed: ") { return String(line) }
      // The number may belong to another connection from now on.
      if line.hasPrefix("debug1: \(sign)free: ") { return nil }
    }
    return nil
  }
}
