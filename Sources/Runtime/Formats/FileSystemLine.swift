/// The file system of a path, from the output of `df -Pk`.
package struct FileSystemLine: Sendable, Hashable {
  package var device: String
  package var mountPoint: String
  /// In KiB, like `free`.
  package var size: Int
  package var free: Int

  /// - Parameter line: a line of `on_disk` (`lib/on-disk.sh`).
  init?(_ line: some StringProtocol) {
    guard line.hasPrefix("df: ") else { return nil }
    let words = line.dropFirst(4).split(separator: " ", maxSplits: 5)
    guard words.count == 6, let size = Int(words[1]), let free = Int(words[3]) else { return nil }
    (device, mountPoint) = (String(words[0]), String(words[5].drop { $0 == " " }))
    (self.size, self.free) = (size, free)
  }

  /// Separates the line from the rest of a script's standard error.
  package static func split(_ stderr: String) -> (lines: [String], fileSystem: FileSystemLine?) {
    let lines = stderr.split(whereSeparator: \.isNewline).map(String.init)
    return (lines.filter { !$0.hasPrefix("df: ") }, lines.lazy.compactMap { FileSystemLine($0) }.last)
  }

  package var text: String { "\(device) on \(mountPoint): \(size) KiB, \(free) KiB of them free" }
}
