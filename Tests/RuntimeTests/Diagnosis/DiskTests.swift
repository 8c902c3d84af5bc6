import Scripts
import Testing

@testable import Diagnosis
@testable import Formats
@testable import Hosts
@testable import Runs
@testable import Values

@Suite struct DiskTests {
  private static let act = Act(.setMode(path: "/home/pi/.ssh", mode: FileMode(bits: 0o700)))
  private static let again = "then run it again: what is done already is not done twice"

  private func failure(_ line: String, _ df: String = "df: tmpfs 64 64 0 100% /home/pi/my files") -> Failure {
    Failure(.failed(act: Self.act, status: 1, stderr: "\(line)\n\(df)\n"))
  }

  @Test func `a full disk is named, with what is mounted there`() {
    let line = "cat: write error: No space left on device"
    #expect(
      failure(line)
        == Failure(
          .exit, "could not chmod 700 /home/pi/.ssh", cause: .diskFull,
          explanation:
            "/home/pi/.ssh could not be written, since its file system has no room left; what was there before is "
            + "as it was",
          seen: [line, "tmpfs on /home/pi/my files: 64 KiB, 0 KiB of them free"],
          fix: [
            "make room there; to see what takes it: sudo du -xk '/home/pi/my files' | sort -n | tail",
            "where room seems to be free, the inodes are used up: df -i '/home/pi/my files'", Self.again,
          ], status: 1, stderr: line, paths: ["/home/pi/.ssh"]))
  }

  @Test func `a read-only file system is named, and where df says nothing, the rest still holds`() {
    let line = "chmod: changing permissions of '/home/pi/.ssh': Read-only file system"
    #expect(
      failure(line, "")
        == Failure(
          .exit, "could not chmod 700 /home/pi/.ssh", cause: .readOnly,
          explanation:
            "/home/pi/.ssh could not be written, since its file system is mounted read-only; what was there before "
            + "is as it was",
          seen: [line],
          fix: [
            "see why: one with errors is made read-only by the kernel (sudo dmesg | tail), other systems are so by design",
            Self.again,
          ], status: 1, stderr: line, paths: ["/home/pi/.ssh"]))
  }

  @Test func `a quota that is used up is not a full disk`() {
    let line = "sh: 3: cannot create /home/pi/.ssh/x: Disk quota exceeded"
    #expect(
      failure(line)
        == Failure(
          .exit, "could not chmod 700 /home/pi/.ssh", cause: .overQuota,
          explanation:
            "/home/pi/.ssh could not be written, since the account's quota is used up; what was there before is as "
            + "it was",
          seen: [line, "tmpfs on /home/pi/my files: 64 KiB, 0 KiB of them free"],
          fix: ["remove something of the account's, or give it more room: quota -s", Self.again],
          status: 1, stderr: line, paths: ["/home/pi/.ssh"]))
  }

  @Test func `a limit for the size of files is neither a full disk nor missing rights`() {
    let failure = failure("File size limit exceeded")
    #expect(failure.cause == .fileSizeLimit)
    #expect(failure.seen.first == "File size limit exceeded")
  }

  @Test func `a refusal that modes do not explain is an attribute or a sticky bit`() {
    let line = "mv: cannot move '/home/pi/.x' to '/home/pi/.ssh': Operation not permitted"
    let failure = failure(line)
    #expect(failure.cause == .protected && failure.seen == [line])
    #expect(failure.fix.first == "see which: ls -ld /home/pi /home/pi/.ssh; lsattr -d /home/pi /home/pi/.ssh")
  }

  @Test func `another reason stays what it was, without the line of df`() {
    let line = "chmod: changing permissions of '/home/pi/.ssh': Operation not permitted"
    #expect(
      failure(line)
        == Failure(
          .exit, "could not chmod 700 /home/pi/.ssh", seen: [line], status: 1, stderr: line, paths: ["/home/pi/.ssh"]))
  }

  @Test("scripts print the line of df that is read here", arguments: ShellHost.shells)
  func line(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell)
    let output = try await pi.reader.query(
      Script("df", ShellScripts.composed(". lib/on-disk.sh\non_disk \"$1\"\n"), ["/proc/no-such-file"]))
    let (lines, fileSystem) = FileSystemLine.split(output.errorText)
    #expect(lines == [])
    #expect(fileSystem?.mountPoint == "/proc")
  }
}
