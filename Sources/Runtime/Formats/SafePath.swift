/// Predicts the verdict of `StrictModes` on an authorized_keys file, by the rule of `safe_path()` (misc.c, the same in
/// OpenSSH 6.6 to 10.x). Access control lists, SELinux and network file systems are not considered.
package struct SafePath: Equatable, Sendable {
  /// The output of `ls -ldn` for one component.
  package struct Status: Equatable, Sendable {
    package var path: String
    package var type: ModeString.FileType
    package var bits: UInt16
    package var uid: UInt32
    package var gid: UInt32

    package init(path: String, type: ModeString.FileType, bits: UInt16, uid: UInt32, gid: UInt32) {
      (self.path, self.type, self.bits, self.uid, self.gid) = (path, type, bits, uid, gid)
    }

    package init(path: String, _ line: ListingLine) {
      self.init(path: path, type: line.type, bits: line.bits, uid: line.uid, gid: line.gid)
    }
  }

  package enum Offence: Equatable, Sendable {
    case notRegular
    /// Owned by neither the user nor root; `chmod` does not help.
    case owner(uid: UInt32)
    case writable(group: Bool, others: Bool)
  }

  /// One component that sshd objects to.
  package struct Finding: Equatable, Sendable {
    package var path: String
    /// Whether the component is the file itself rather than a directory above.
    package var isFile: Bool
    package var offence: Offence
    /// The smallest change of mode that satisfies sshd: `g-w`, `o-w` or `g-w,o-w`; `nil` if none does.
    package var chmod: String?
    /// The required owner; `nil` if the owner is right.
    package var owner: UInt32?

    /// As in sshd's log.
    package var message: String {
      if offence == .notRegular { return "\(path) is not a regular file" }
      return "bad ownership or modes for \(isFile ? "file" : "directory") \(path)"
    }
  }

  /// The rule of the system's sshd.
  package enum Rule: Equatable, Sendable {
    case upstream
    /// Debian's patch: group write is allowed if the user is the only member of the group.
    ///
    /// - Parameter privateGroups: the gids of such groups.
    case debian(privateGroups: Set<UInt32>)
  }

  package var home: String
  package var uid: UInt32
  package var rule: Rule

  /// - Parameters:
  ///   - home: the canonical path (`realpath`) of the user's home, at which the check ends.
  ///   - uid: the user who wants to log in.
  package init(home: String, uid: UInt32, rule: Rule = .upstream) {
    self.home = home.count > 1 && home.hasSuffix("/") ? String(home.dropLast()) : home
    self.uid = uid
    self.rule = rule
  }

  /// All objections of sshd, from the file upwards; sshd's log names only the first.
  ///
  /// - Parameter components: the canonical path's components with the file first, then each directory above up to the
  ///   home, or up to `/` if the file is not below the home. Further components are not checked.
  package func findings(_ components: [Status]) -> [Finding] {
    var findings: [Finding] = []
    for (index, status) in components.enumerated() {
      findings += offences(status, isFile: index == 0)
      if index > 0, status.path == home || status.path == "/" { break }
    }
    return findings
  }

  private func offences(_ status: Status, isFile: Bool) -> [Finding] {
    func finding(_ offence: Offence, chmod: String? = nil, owner: UInt32? = nil) -> Finding {
      Finding(path: status.path, isFile: isFile, offence: offence, chmod: chmod, owner: owner)
    }
    if isFile, status.type != .regular { return [finding(.notRegular)] }
    var found: [Finding] = []
    if status.uid != 0, status.uid != uid {
      found.append(finding(.owner(uid: status.uid), owner: uid))
    }
    let others = status.bits & 0o002 != 0
    let group = status.bits & 0o020 != 0 && !isPrivate(status.gid)
    if group || others {
      let change = [group ? "g-w" : nil, others ? "o-w" : nil].compactMap(\.self).joined(separator: ",")
      found.append(finding(.writable(group: group, others: others), chmod: change))
    }
    return found
  }

  private func isPrivate(_ gid: UInt32) -> Bool {
    if case .debian(let groups) = rule { groups.contains(gid) } else { false }
  }
}
