extension FailureCase {
  static let disk = [
    FailureCase(
      name: "a full disk", arranging: "mkdir /home/pi/.ssh; \(small(at: "/home/pi/.ssh")); \(fill("/home/pi/.ssh"))",
      error: """
        error: pi@ADDRESS: could not create /home/pi/.ssh/authorized_keys
          step    Copy the public key to the Pi (raspi_passwordless.lua:LINE)
          cause   /home/pi/.ssh/authorized_keys could not be written, since its file system has no room left; what was there \
        before is as it was
          seen    cat: write error: No space left on device; tmpfs on /home/pi/.ssh: 16 KiB, 0 KiB of them free
          fix     make room there; to see what takes it: sudo du -xk /home/pi/.ssh | sort -n | tail
                  where room seems to be free, the inodes are used up: df -i /home/pi/.ssh
                  then run it again: what is done already is not done twice

        """),
    FailureCase(
      name: "a read-only file system",
      arranging: "\(small(at: "/mnt")); mount --move /mnt /home/pi; \(readOnly("/home/pi"))",
      error: """
        error: pi@ADDRESS: could not mkdir -m 700 /home/pi/.ssh
          step    Copy the public key to the Pi (raspi_passwordless.lua:LINE)
          cause   /home/pi/.ssh could not be written, since its file system is mounted read-only; what was there before is as \
        it was
          seen    mkdir: cannot create directory '/home/pi/.ssh': Read-only file system
                  tmpfs on /home/pi: 16 KiB, 16 KiB of them free
          fix     see why: one with errors is made read-only by the kernel (sudo dmesg | tail), other systems are so by design
                  make it writable: sudo mount -o remount,rw /home/pi
                  then run it again: what is done already is not done twice

        """),
    FailureCase(
      name: "a configuration that is read-only",
      arranging: "\(known); mount --bind /etc /etc; \(readOnly("/etc", "bind,"))",
      recipe: "/root/closes.lua",
      error: """
        error: pi@ADDRESS: the watchdog over this run could not keep what was there before, so nothing was changed
          step    Close it (closes.lua:LINE)
          gate    watchdog
          cause   /etc could not be written, since its file system is mounted read-only; what was there before is as it was
          seen    mkdir: cannot create directory 'WATCHDOG': Read-only file system
                  overlay on /etc: SIZE
          fix     see why: one with errors is made read-only by the kernel (sudo dmesg | tail), other systems are so by design
                  make it writable: sudo mount -o remount,rw /etc
                  then run it again: what is done already is not done twice

        """),
  ]

  /// What Debian's sudo leaves behind the first time.
  private static let known = "install -o pi -g pi -m 644 /dev/null /home/pi/.sudo_as_admin_successful"

  /// A file system of four pages.
  static func small(at path: String) -> String { "mount -t tmpfs -o size=16k,mode=700,uid=$(id -u pi) tmpfs \(path)" }
  static func fill(_ path: String) -> String { "cat /dev/zero >\(path)/fill 2>/dev/null || true" }
  private static func readOnly(_ path: String, _ how: String = "") -> String { "mount -o remount,\(how)ro \(path)" }
}
