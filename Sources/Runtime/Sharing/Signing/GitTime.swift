#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Times of git's objects, as `ssh-keygen -Overify-time` takes them.
enum GitTime {
  /// - Parameter seconds: since 1970.
  /// - Returns: `20301231235959`, in this computer's time zone, as `ssh-keygen` expects.
  static func text(_ seconds: Int64) -> String? {
    // Years after 9999 have more digits than the format allows.
    guard (0..<253_402_300_800).contains(seconds) else { return nil }
    let format = Date.ISO8601FormatStyle(timeZone: .current).year().month().day().dateSeparator(.omitted)
      .time(includingFractionalSeconds: false).timeSeparator(.omitted)
    return Date(timeIntervalSince1970: Double(seconds)).formatted(format).replacing("T", with: "")
  }
}
