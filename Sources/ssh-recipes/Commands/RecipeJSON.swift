import Contract
import Recipes
import Sharing

/// Recipes for `list`, `search` and `show` with `--output json`.
enum RecipeJSON {
  static func row(_ row: RecipeCatalogue.Row) -> JSONText {
    var (summary, error) = (JSONText.null, JSONText.null)
    switch row.header {
    case .success(let header): summary = .string(header.summary)
    case .failure(let failure): error = .string(failure.description)
    }
    return .object([
      "name": .string(row.file.name), "summary": summary, "path": .string(row.file.path),
      "source": .string(row.source), "repository": .optional(row.repository?.name), "error": error,
    ])
  }

  static func header(_ header: RecipeHeader, file: RecipeFile, from repository: LockedRepository?) -> JSONText {
    let needs = Permission.allCases.filter(header.needs.contains)
    return .object([
      "schema": .string("ssh-recipes/show/1"), "name": .string(header.name), "summary": .string(header.summary),
      "guide": .optional(header.guide), "path": .string(file.path),
      "repository": repository.map(self.repository) ?? .null,
      "hosts": .array(
        header.roles.map {
          .object(["name": .string($0.name), "help": .string($0.help), "many": .boolean($0.isMany)])
        }),
      "settings": .array(header.parameters.map(setting)),
      "permissions": .array(
        needs.map {
          .object([
            "name": .string($0.rawValue), "meaning": .string($0.meaning), "far_reaching": .boolean($0.isFarReaching),
          ])
        }),
      "usage": .string(header.usage),
    ])
  }

  static func repository(_ repository: LockedRepository) -> JSONText {
    .object([
      "name": .string(repository.name), "url": .string(repository.url), "ref": .string(repository.ref),
      "commit": .string(repository.commit), "content": .string(repository.contentHash),
      "signer": .optional(repository.signer?.shown),
    ])
  }

  private static func setting(_ parameter: RecipeParameter) -> JSONText {
    .object([
      "name": .string(parameter.name), "help": .string(parameter.help), "expected": .string(parameter.expectation),
      "choices": .strings(parameter.choices), "default": .optional(parameter.defaultValue?.text),
      "required": .boolean(parameter.isRequired),
    ])
  }
}
