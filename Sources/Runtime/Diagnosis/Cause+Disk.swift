import Formats

extension Cause {
  private static let again = "then run it again: what is done already is not done twice"

  static let diskFull = Cause(
    "disk-full", "the disk is full",
    "{path} could not be written, since its file system has no room left; what was there before is as it was",
    fix: [
      "make room there; to see what takes it: sudo du -xk {mount} | sort -n | tail",
      "where room seems to be free, the inodes are used up: df -i {mount}", again,
    ],
    signs: ["No space left on device"])

  static let overQuota = Cause(
    "over-quota", "the account has used up its share of the disk",
    "{path} could not be written, since the account's quota is used up; what was there before is as it was",
    fix: ["remove something of the account's, or give it more room: quota -s", again],
    signs: ["Disk quota exceeded", "Quota exceeded"])

  static let readOnly = Cause(
    "read-only", "the file system is read-only",
    "{path} could not be written, since its file system is mounted read-only; what was there before is as it was",
    fix: [
      "see why: one with errors is made read-only by the kernel (sudo dmesg | tail), other systems are so by design",
      "make it writable: sudo mount -o remount,rw {mount}", again,
    ],
    signs: ["Read-only file system"])

  static let fileSizeLimit = Cause(
    "file-size-limit", "the account's limit for the size of files is too small",
    "{path} could not be written, since a limit ends programs that write larger files; what was there before is as it was",
    fix: [
      "look for ulimit -f in the account's start-up files, and for fsize in /etc/security/limits.conf and "
        + "/etc/security/limits.d",
      again,
    ],
    signs: ["File size limit exceeded", "File too large"])

  package static let protected = Cause(
    "protected", "the file is protected",
    "{path} could not be changed, since a protection beside its modes forbids it: an attribute of the file or its directory "
      + "(immutable, append-only), or the sticky bit of a directory where the file is another account's",
    fix: [
      "see which: ls -ld {folder} {path}; lsattr -d {folder} {path}",
      "for an attribute, as root: sudo chattr -ia {path}", again,
    ])

  package static let noExec = Cause(
    "noexec", "the file system lets no program run",
    "{path} may run by its mode, and its file system lets no program run: {mount} is mounted noexec",
    fix: [
      "put the program elsewhere, or run a script by its interpreter, such as: sh {path}",
      "or let its file system run programs: sudo mount -o remount,exec {mount}",
    ])

  static let disk = [diskFull, overQuota, readOnly, fileSizeLimit, protected, noExec]
}

extension Diagnosis {
  /// The diagnosis of a write that the system does not permit, whatever the modes.
  ///
  /// - Parameter folder: the directory of the path.
  /// - Returns: `nil` for other reasons, and for modes and owners, which only a file's owner may set.
  package init?(ofProtection lines: [String], writing path: String, in folder: String) {
    let line = lines.first { line in
      line.hasSuffix(": Operation not permitted") && !["chmod: ", "chown: "].contains(where: line.hasPrefix)
    }
    guard let line else { return nil }
    let slots = ["path": ShellQuoting.word(path), "folder": ShellQuoting.word(folder)]
    self.init(.protected, slots, seen: [line], paths: [path])
  }

  /// The diagnosis of a failed write: no space, a read-only file system, or a limit.
  ///
  /// - Parameters:
  /// - stderr: the script's standard error, with the line of ``FileSystemLine/function``.
  /// - path: the file to be written.
  /// - Returns: `nil` for other reasons.
  package init?(ofDisk stderr: String, writing path: String) {
    let (lines, fileSystem) = FileSystemLine.split(stderr)
    guard let known = Cause.recognized(in: lines, among: Cause.disk) else { return nil }
    var slots = ["path": path]
    slots["mount"] = (fileSystem?.mountPoint).map(ShellQuoting.word)
    self.init(known.cause, slots, seen: [known.line] + (fileSystem.map { [$0.text] } ?? []), paths: [path])
  }
}
