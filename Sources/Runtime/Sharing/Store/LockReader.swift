import Recipes
import Values

/// Reads a lock file line by line, checking every field like input from the command line.
struct LockReader {
  private static let fields = ["url", "ref", "commit", "content", "signed", "signer"]

  private struct Entry {
    var name: String
    var line: Int
    var values: [String: String] = [:]
    var signers: [String] = []
  }

  private let file: String
  private var hasVersion = false
  private var entry: Entry?
  private var done: [LockedRepository] = []

  init(file: String) { self.file = file }

  mutating func take(_ line: Substring, number: Int) throws(LockFileError) {
    func wrong(_ problem: String) -> LockFileError { .malformed(file: file, line: number, problem: problem) }
    if line.hasPrefix("<<<<<<<") || line.hasPrefix("=======") || line.hasPrefix(">>>>>>>") {
      throw wrong("unfinished merge; keep one of the two sides, then run `ssh-recipes repo install`")
    }
    let words = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true).map(String.init)
    guard let keyword = words.first, !keyword.hasPrefix("#") else { return }
    guard words.count == 2 else { throw wrong("\"\(keyword)\" has no value") }
    let value = String(words[1].drop { $0 == " " })
    switch keyword {
    case "version":
      guard value == LockFile.version else { throw .version(value, file: file) }
      hasVersion = true
    case "repository":
      guard hasVersion else { throw wrong("expected \"version \(LockFile.version)\" before the first repository") }
      try close()
      guard RepositoryName.isValid(value) else { throw wrong("\"\(value)\" is not a valid name for a repository") }
      guard !done.contains(where: { $0.name == value }) else { throw wrong("\"\(value)\" appears twice") }
      entry = Entry(name: value, line: number)
    default:
      guard Self.fields.contains(keyword) else {
        let guess = NearestName.find(keyword, among: Self.fields)
        throw wrong("there is no field \"\(keyword)\"" + Wording.guess(guess, known: Self.fields, of: "fields"))
      }
      guard entry != nil else { throw wrong("\"\(keyword)\" appears before the first repository") }
      if keyword == "signer" {
        entry?.signers.append(value)
        return
      }
      guard entry?.values.updateValue(value, forKey: keyword) == nil else {
        throw wrong("\"\(keyword)\" appears twice")
      }
    }
  }

  mutating func finish() throws(LockFileError) -> [LockedRepository] {
    try close()
    guard hasVersion else {
      throw .malformed(file: file, line: 1, problem: "expected \"version \(LockFile.version)\"")
    }
    return done
  }

  private mutating func close() throws(LockFileError) {
    guard let entry else { return }
    let file = file
    func wrong(_ problem: String) -> LockFileError { .malformed(file: file, line: entry.line, problem: problem) }
    func value(_ field: String) throws(LockFileError) -> String {
      guard let value = entry.values[field] else { throw wrong("\"\(entry.name)\" has no \"\(field)\"") }
      return value
    }
    let (urlText, refText) = (try value("url"), try value("ref"))
    let url: RepositoryURL
    do throws(RepositoryURLError) { url = try RepositoryURL(pinned: urlText) } catch {
      throw wrong("\(error)")
    }
    let ref: RepositoryRef
    do throws(RepositoryRefError) { ref = try RepositoryRef(parsing: refText) } catch { throw wrong("\(error)") }
    let commit = try value("commit")
    guard Self.isHexadecimal(commit, [40, 64]) else { throw wrong("\"\(commit)\" is not a full commit hash") }
    let content = try value("content")
    guard content.hasPrefix("sha256:"), Self.isHexadecimal(String(content.dropFirst(7)), [64]) else {
      throw wrong("\"\(content)\" is not a hash; expected sha256: and 64 hexadecimal digits")
    }
    func signer(_ text: String) throws(LockFileError) -> Signer {
      guard let signer = try? Signer(line: text) else {
        throw wrong("\"\(text)\" is not a signer; expected the signer's name, then the key")
      }
      return signer
    }
    var locked = LockedRepository(
      name: entry.name, url: url.text, ref: ref.text, commit: commit, contentHash: content)
    if let text = entry.values["signed"] { locked.signer = try signer(text) }
    for text in entry.signers { locked.signers.append(try signer(text)) }
    done.append(locked)
    self.entry = nil
  }

  private static func isHexadecimal(_ text: String, _ lengths: [Int]) -> Bool {
    lengths.contains(text.utf8.count) && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
  }
}

/// An unusable lock file.
package enum LockFileError: Error, Hashable, Sendable {
  case unreadable(file: String, reason: String)
  case malformed(file: String, line: Int, problem: String)
  case version(String, file: String)
}

extension LockFileError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreadable(let file, let reason): "the lock file \"\(file)\" cannot be read: \(reason)"
    case .malformed(let file, let line, let problem): "\(file):\(line): \(problem)"
    case .version(let version, let file):
      "\(file) has version \(version), but this ssh-recipes knows version \(LockFile.version); update ssh-recipes"
    }
  }
}
