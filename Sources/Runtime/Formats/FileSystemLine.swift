/// The file system that a path is on, as `df -Pk` tells it.
package struct FileSystemLine: Sendable, Hashable {
  package var device: String
  package var mountPoint: String
  /// Both in KiB.
  package var size: Int
  package var free: Int

  /// `on_disk PATH`: a line `df: …` on standard error. Asked about a file, df may not know what is mounted above it.
  package static let function = #"""
    on_disk() {
      f=$1
      [ -d "$f" ] || f=${f%/*}
      df -Pk "${f:-/}" 2>/dev/null | sed -n '$s/^/df: /p' >&2
    }

    """#

  /// - Parameter line: of `on_disk`.
  init?(_ line: some StringProtocol) {
    guard line.hasPrefix("df: ") else { return nil }
    let words = line.dropFirst(4).split(separator: " ", maxSplits: 5)
    guard words.count == 6, let size = Int(words[1]), let free = Int(words[3]) else { return nil }
    (device, mountPoint) = (String(words[0]), String(words[5].drop { $0 == " " }))
    (self.size, self.free) = (size, free)
  }

  /// Takes the line out of what a script wrote to standard error.
  package static func split(_ stderr: String) -> (lines: [String], fileSystem: FileSystemLine?) {
    let lines = stderr.split(whereSeparator: \.isNewline).map(String.init)
    return (lines.filter { !$0.hasPrefix("df: ") }, lines.lazy.compactMap { FileSystemLine($0) }.last)
  }

  package var text: String { "\(device) on \(mountPoint): \(size) KiB, \(free) KiB of them free" }
}
