import Diagnosis
import Scripts

/// A file's status and checksums, without its contents.
package struct FileMeasure: Sendable, Hashable {
  package var state: FileState
  package var sha256: String?
  /// In the form of ``Checksum/text(of:)``.
  package var checksum: String?

  /// Whether the host has no `cksum`, so that SHA-256 takes the place of the checksum.
  package var lacksChecksum = false

  /// The sum for later comparisons on the same host: `CRC SIZE`, else `sha256 SUM`, else `size N`.
  package var sum: String? {
    checksum ?? sha256.map { "sha256 \($0)" } ?? state.status.map { "size \($0.size)" }
  }

  package init(state: FileState) { self.state = state }

  /// Looks at a file, in one round trip.
  ///
  /// - Parameters:
  ///   - path: absolute; a link is not followed for the status.
  ///   - size: SHA-256 is left out for a file of another size; `nil` for any size.
  ///   - sums: `sha256`, `cksum`.
  /// - Throws: ``Failure`` of kind `denied` if the account cannot look at the path; ``HostError``.
  package static func of(
    _ path: String, size: Int? = nil, sums: [String], _ reader: Reader, as account: Account = .login
  ) async throws -> FileMeasure {
    let script = Script(
      "sum up \(path)", ShellScripts.measureFile,
      [path, sums.joined(separator: " "), size.map(String.init) ?? "any"], timeout: .seconds(3600))
    let output = try await reader.query(script, as: account)
    guard let state = try FileProbe.parse(output.stdout[...])[path] else {
      throw HostError.unclear(what: "ls -ldn \(path)", answer: output.errorText)
    }
    if case .hidden(let why)? = state.unseen { throw Failure(hidden: path, why: why, as: account) }
    var measure = FileMeasure(state: state)
    for line in output.text.split(whereSeparator: \.isNewline) {
      let words = line.split(separator: " ").map(String.init)
      switch words.first {
      case "lacks": measure.lacksChecksum = true
      case "sha256" where words.count == 2: measure.sha256 = words[1]
      case "cksum" where words.count >= 3: measure.checksum = "\(words[1]) \(words[2])"
      default: break
      }
    }
    return measure
  }
}
