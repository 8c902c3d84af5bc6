extension Act {
  /// Whether the act's contents are too large for a check.
  package var isLarge: Bool { if case .placeFile = kind { true } else { false } }
}
