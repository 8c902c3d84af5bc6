#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Files and folders of this computer that only the user and root can have written: journals, consents, records of
/// checks, and platforms, whose commands run as root on hosts.
package enum OwnFiles {
  /// The reason why another account could have written a file, or put another file in the same place.
  ///
  /// - Parameter path: the path of a file or folder. All folders above are inspected too, and all again with links
  ///   resolved.
  /// - Returns: a clause; `nil` if only the user and root can have written the file, or if the file is absent.
  package static func doubt(about path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    let real = String(cString: resolved)
    for whole in Set([path, real]).sorted() {
      for place in places(of: whole) { if let doubt = doubt(aboutOne: place, isLast: place == whole) { return doubt } }
    }
    return nil
  }

  /// Whether only the owner may read and write the file.
  package static func isPrivate(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && status.st_mode & 0o077 == 0
  }

  /// The path and all folders above it, the root folder first.
  private static func places(of path: String) -> [String] {
    var places = [path]
    var place = path
    while place != "/", place != "." {
      place = LocalFiles.parent(of: place)
      places.append(place)
    }
    return places.reversed()
  }

  private static func doubt(aboutOne path: String, isLast: Bool) -> String? {
    var status = stat()
    guard lstat(path, &status) == 0 else { return "\(path) cannot be looked at" }
    // In a container without a mapping for root, the folders around the user's own belong to the account `nobody`.
    let isUnmapped = !isLast && status.st_uid == 65534
    guard status.st_uid == 0 || status.st_uid == geteuid() || isUnmapped else {
      return "\(path) belongs to another account (\(status.st_uid))"
    }
    let mode = status.st_mode
    let (isLink, isSticky) = (mode & 0o170000 == 0o120000, mode & 0o1000 != 0)
    // A link has no mode. In a sticky folder, no account can replace a file of another account.
    guard !isLink, isLast || !isSticky else { return nil }
    if mode & 0o002 != 0 { return "every account may write \(path)" }
    if mode & 0o020 != 0, !isPrivate(group: status.st_gid) { return "the group \(status.st_gid) may write \(path)" }
    return nil
  }

  /// Whether only the user is in the group, as where each account has a group of its own name.
  private static func isPrivate(group: gid_t) -> Bool {
    guard group != 0 else { return true }
    guard let account = getpwuid(geteuid()), account.pointee.pw_gid == group, let entry = getgrgid(group),
      let name = account.pointee.pw_name, let groupName = entry.pointee.gr_name
    else { return false }
    let hasMembers = entry.pointee.gr_mem.map { $0.pointee != nil } ?? false
    return !hasMembers && strcmp(name, groupName) == 0
  }
}
