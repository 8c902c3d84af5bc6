import Formats
import Recipes

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A lock file, and where the contents of what it pins are kept.
package struct RepositoryScope: Sendable, Hashable {
  package var lockFile: String
  package var store: String
  /// The folder that was named; `nil` for the person's own.
  package let folder: String?

  /// A folder of recipes, such as one in a project: lock file and contents lie in it, and can be kept under version control
  /// together.
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

  /// What commands have to be told to work on it, with a space before it; nothing for the person's own.
  package var option: String { folder.map { " --recipes " + ShellQuoting.word($0) } ?? "" }

  /// - Returns: an empty one where there is none.
  /// - Throws: ``LockFileError``.
  package func lock() throws(LockFileError) -> LockFile {
    let bytes: [UInt8]
    do { bytes = try LocalFiles.contents(of: lockFile, limit: LockFile.sizeLimit) } catch {
      guard LocalFiles.exists(lockFile) else { return LockFile() }
      throw .unreadable(file: lockFile, reason: "\(error)".lowercased())
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .unreadable(file: lockFile, reason: "it is not text")
    }
    return try LockFile(parsing: text, file: lockFile)
  }
}

/// Where repositories are kept on this computer.
package struct RepositoryPlaces: Sendable, Hashable {
  /// Those that win first: the folders that were named, then the person's own.
  package var scopes: [RepositoryScope]
  /// Where `add` writes.
  package var target: RepositoryScope?
  /// What can be fetched again: bare repositories, and the mutex. `nil` without a home: a folder that others could have
  /// made before would bring git's configuration along.
  package var cache: String?
  /// Where this program writes down what it has seen itself of pinned repositories: ``Verifications``.
  package var state: String?
  /// Keys that count no more, whoever was to sign with them: public keys, or a KRL (ssh-keygen(1)).
  package var revokedKeys: String?

  /// - Parameters:
  ///   - folders: of `--recipes`.
  ///   - environment: `SSH_RECIPES_PATH` holds further folders; `XDG_CONFIG_HOME`, `XDG_DATA_HOME`, `XDG_CACHE_HOME`,
  ///     `XDG_STATE_HOME` and `HOME` lead to the person's own.
  package init(folders: [String], environment: [String: String]) {
    let named = folders + (environment["SSH_RECIPES_PATH"] ?? "").split(separator: ":").map(String.init)
    scopes = named.map { RepositoryScope(folder: $0) }
    func folder(_ variable: String, _ fallback: String) -> String? {
      // The specification tells to ignore a value that is not absolute.
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
