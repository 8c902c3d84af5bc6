import Formats
import Recipes

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A lock file, and the store with the contents that it pins.
package struct RepositoryScope: Sendable, Hashable {
  package var lockFile: String
  package var store: String
  /// The folder named by the user; `nil` for the user's own lock file.
  package let folder: String?

  /// A folder of recipes, such as in a project. It contains both lock file and store, so that version control can keep
  /// the two together.
  package init(folder: String) {
    lockFile = "\(folder)/\(LockFile.name)"
    store = "\(folder)/repositories"
    self.folder = folder
  }

  init(lockFile: String, store: String) {
    self.lockFile = lockFile
    self.store = store
    folder = nil
  }

  /// The option that makes commands use this folder, after a space; empty for the user's own.
  package var option: String { folder.map { " --recipes " + ShellQuoting.word($0) } ?? "" }

  /// - Returns: the lock file, or an empty one if the file does not exist.
  /// - Throws: ``LockFileError``; also for the user's own lock file if another account could have written it. A named
  ///   folder may be a team's; there, the content is what the user consents to.
  package func lock() throws(LockFileError) -> LockFile {
    if folder == nil, let doubt = OwnFiles.doubt(about: lockFile) {
      throw .unreadable(file: lockFile, reason: "it is not believed, since \(doubt)")
    }
    let bytes: [UInt8]
    do { bytes = try LocalFiles.contents(of: lockFile, limit: LockFile.sizeLimit) } catch {
      guard LocalFiles.exists(lockFile) else { return LockFile() }
      throw .unreadable(file: lockFile, reason: "\(error)".lowercased())
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .unreadable(file: lockFile, reason: "it is not UTF-8 text")
    }
    return try LockFile(parsing: text, file: lockFile)
  }
}

/// The places of repositories on this computer.
package struct RepositoryPlaces: Sendable, Hashable {
  /// The scopes in order of precedence: the folders named by the user, then the user's own.
  package var scopes: [RepositoryScope]
  /// The scope to which `add` writes.
  package var target: RepositoryScope?
  /// The folder of bare repositories, which can be fetched again, and of the mutex. `nil` without a home directory: in
  /// a shared folder, another user could plant git configuration.
  package var cache: String?
  /// The folder for the program's own checks of pinned repositories: ``Verifications``.
  package var state: String?
  /// Keys that no longer count for any signer: public keys, or a KRL (ssh-keygen(1)).
  package var revokedKeys: String?

  /// - Parameters:
  ///   - folders: from `--recipes`.
  ///   - environment: `SSH_RECIPES_PATH` lists further folders; `XDG_CONFIG_HOME`, `XDG_DATA_HOME`, `XDG_CACHE_HOME`,
  ///     `XDG_STATE_HOME` and `HOME` lead to the user's own.
  package init(folders: [String], environment: [String: String]) {
    let named = folders + (environment["SSH_RECIPES_PATH"] ?? "").split(separator: ":").map(String.init)
    scopes = named.map { RepositoryScope(folder: $0) }
    func folder(_ variable: String, _ fallback: String) -> String? {
      // The specification requires a value that is not absolute to be ignored.
      if let value = environment[variable], value.hasPrefix("/") { return value + "/ssh-recipes" }
      return environment["HOME"].map { "\($0)/\(fallback)/ssh-recipes" }
    }
    var own: RepositoryScope?
    if let config = folder("XDG_CONFIG_HOME", ".config"), let data = folder("XDG_DATA_HOME", ".local/share") {
      let scope = RepositoryScope(lockFile: "\(config)/\(LockFile.name)", store: "\(data)/repositories")
      scopes.append(scope)
      own = scope
    }
    revokedKeys = folder("XDG_CONFIG_HOME", ".config").map { $0 + "/revoked_keys" }
    target = folders.isEmpty ? own : scopes.first
    cache = folder("XDG_CACHE_HOME", ".cache").map { $0 + "/repositories" }
    state = folder("XDG_STATE_HOME", ".local/state").map { $0 + "/verified" }
  }

  /// The places of this process.
  package static func standard(folders: [String] = []) -> RepositoryPlaces {
    var environment: [String: String] = [:]
    let xdg = ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"]
    for name in ["SSH_RECIPES_PATH", "HOME"] + xdg {
      if let value = getenv(name) { environment[name] = String(cString: value) }
    }
    return RepositoryPlaces(folders: folders, environment: environment)
  }
}
