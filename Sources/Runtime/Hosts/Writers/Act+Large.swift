extension Act {
  /// Whether the act's contents are too large to be looked at.
  package var isLarge: Bool { if case .placeFile = kind { true } else { false } }
}
