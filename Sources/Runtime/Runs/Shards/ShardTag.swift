import Formats

/// The part of a run's ID for a shard: equal for each attempt at the same shard of the same recipe, so that a second
/// attempt knows the first by its lock on a host.
enum ShardTag {
  private static let length = 6

  static func text(_ shard: Shard, of recipe: String) -> String {
    let letters = Array("abcdefghjkmnpqrstuvwxyz")
    let digest = SHA256.digest(Array("\(recipe) \(shard)".utf8))
    return String(digest.prefix(length).map { letters[Int($0) % letters.count] })
  }

  /// - Parameter id: of any run.
  /// - Returns: `nil` for a run without a shard.
  static func text(in id: String) -> String? {
    let parts = id.split(separator: "-")
    guard parts.count >= 3, parts[2].count == 3 + length else { return nil }
    return String(parts[2].suffix(length))
  }
}
