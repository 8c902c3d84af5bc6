#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Times of git's objects for `ssh-keygen -Overify-time`.
enum GitTime {
  /// - Parameter seconds: since 1970.
  /// - Returns: `20301231235959`, in the time zone of this computer, as `ssh-keygen` reads it.
  static func text(_ seconds: Int64) -> String? {
    // What comes after the year 9999 has more digits than the format takes.
    guard (0..<253_402_300_800).contains(seconds) else { return nil }
    let format = Date.ISO8601FormatStyle(timeZone: .current).year().month().day().dateSeparator(.omitted)
      .time(includingFractionalSeconds: false).timeSeparator(.omitted)
    return Date(timeIntervalSince1970: Double(seconds)).formatted(format).replacing("T", with: "")
  }
}
