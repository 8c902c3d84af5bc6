import Formats

extension SSHDConfigTree {
  /// One text with the same meaning to sshd as the tree. The files in `changed` differ from those on the host, so they
  /// replace their `Include` lines; all other `Include` lines stay.
  ///
  /// - Returns: `nil` if the meaning would differ: a `Match` ends at the end of its file, but would go on in a single
  ///   text.
  func flattened(changed: Set<String>) -> [UInt8]? {
    var readings = Self.mostReadings
    return flattened(main, changed: changed, depth: 0, readings: &readings).map {
      $0.joined(separator: [0x0A]).map(\.self) + [0x0A]
    }
  }

  private func flattened(
    _ path: String, changed: Set<String>, depth: Int, readings: inout Int
  ) -> [[UInt8]]? {
    guard depth <= Self.maximumDepth, readings > 0, let file = files[path] else { return nil }
    readings -= 1
    var lines: [[UInt8]] = []
    for line in file.lines {
      guard case .include(let patterns) = line.kind else {
        lines.append(line.line.content)
        continue
      }
      let paths = patterns.flatMap { resolved[$0] ?? [] }
      guard paths.contains(where: { reaches($0, changed) }) else {
        lines.append(line.line.content)
        continue
      }
      for included in paths {
        guard reaches(included, changed) else {
          lines.append(Array("Include \"\(included)\"".utf8))
          continue
        }
        guard let file = files[included], file.globalEnd == file.lines.count,
          let inner = flattened(included, changed: changed, depth: depth + 1, readings: &readings)
        else { return nil }
        lines += inner
      }
    }
    return lines
  }
}
