import Formats
import Hosts
import Values

/// The key pairs of this computer as `find-keys.sh` lists them, without a process. Private halves are read up to the end of
/// their clear part only.
enum LocalKeys {
  /// - Parameters:
  ///   - folder: the folder with the `id_*`.
  ///   - only: a single key to list instead.
  /// - Returns: `nil` if ssh-keygen has to look: a key of another format, without a `.pub` file, or not as ssh-keygen
  ///   leaves it.
  static func candidates(in folder: String, only: String?) -> [KeyCandidate]? {
    guard LocalFile.hasProgram("ssh-keygen") else { return nil }
    var paths: [String] = []
    if let only {
      paths = [only]
    } else {
      let names = LocalFile.names(in: folder).filter { $0.hasPrefix("id_") && !$0.hasSuffix("-cert.pub") }
      for name in names {
        guard name.hasSuffix(".pub") else {
          paths.append("\(folder)/\(name)")
          continue
        }
        guard names.contains(String(name.dropLast(".pub".count))) else { return nil }
      }
    }
    var candidates: [KeyCandidate] = []
    for path in paths {
      guard let candidate = candidate(path) else { return nil }
      candidates.append(candidate)
    }
    return candidates
  }

  private static func candidate(_ path: String) -> KeyCandidate? {
    guard let header = PrivateKeyHeader(path: path), header.status.mode.bits & 0o077 == 0,
      let type = WireReader.firstString(of: header.blob),
      let key = try? PublicKey(type: String(decoding: type, as: UTF8.self), blob: header.blob)
    else { return nil }
    var candidate = KeyCandidate(path: path)
    candidate.publicLines = ByteLine.split(LocalFile.read(path + ".pub")).map(\.content).filter { !$0.isEmpty }
    guard candidate.publicFile != nil else { return nil }
    candidate.status = header.status
    if header.isEncrypted {
      candidate.refusal = "the key has a passphrase"
      candidate.lockedFingerprint = header.fingerprint
    } else {
      candidate.derived = key
    }
    return candidate
  }
}
