import Recipes

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Files and folders of inventories on this computer.
enum InventoryFiles {
  static let sizeLimit = 64 << 20

  /// - Throws: ``InventoryError``.
  static func text(_ path: String) throws(InventoryError) -> String {
    let bytes: [UInt8]
    do { bytes = try LocalFiles.contents(of: path, limit: sizeLimit) } catch {
      throw InventoryError(path, .unreadable(LocalFiles.reason(error)))
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw InventoryError(path, .unreadable("it is not in UTF-8"))
    }
    return text
  }

  /// Whether the text is a file encrypted by Ansible Vault.
  static func isEncrypted(_ text: String) -> Bool { text.hasPrefix("$ANSIBLE_VAULT;") }

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & 0o170000 == 0o040000
  }

  static func mayExecute(_ path: String) -> Bool { access(path, X_OK) == 0 }

  /// The remedy for a program that may not be executed.
  static func wayToExecute(_ path: String) -> String {
    var status = stat()
    let bits = stat(path, &status) == 0 ? status.st_mode & 0o111 : 0
    return bits == 0o111 || bits != 0 && geteuid() == 0
      ? "its mode is right, and its file system is mounted noexec: put the program elsewhere" : "chmod +x \(path)"
  }

  /// The paths that a pattern with `*` or `?` matches, sorted.
  static func matches(_ pattern: String) -> [String] {
    var result = glob_t()
    defer { globfree(&result) }
    guard glob(pattern, GLOB_TILDE, nil, &result) == 0 else { return [] }
    return (0..<Int(result.gl_pathc)).compactMap { result.gl_pathv[$0].map { String(cString: $0) } }
  }

  /// The extension with its point; empty without one.
  static func suffix(of path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return "" }
    return String(name[dot...])
  }

  /// A path that begins with `~/`, in full.
  static func expanded(_ path: String) -> String {
    guard path == "~" || path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
    return String(cString: home) + path.dropFirst()
  }
}
