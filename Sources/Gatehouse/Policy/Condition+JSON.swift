extension Condition {
    /// The condition as JSON, as in a document.
    ///
    /// The property is recursive, to the depth that a condition without findings may have.
    var json: JSONValue {
        switch self {
        case .compare(let comparison, let lhs, let rhs): .object([JSONMember(comparison.rawValue, [lhs, rhs])])
        case .exists(let path): ["exists": .string(path)]
        case .all(let conditions): ["all": .array(conditions.map(\.json))]
        case .any(let conditions): ["any": .array(conditions.map(\.json))]
        case .not(let condition): ["not": condition.json]
        }
    }

    /// Makes a condition from its ``json``. The initializer is recursive, to the depth that JSON text may have.
    init?(content: JSONValue) {
        guard case .object(let members) = content, members.count == 1, let member = members.first else { return nil }
        func conditions(_ value: JSONValue) -> [Condition]? {
            guard case .array(let elements) = value else { return nil }
            let conditions = elements.compactMap { Condition(content: $0) }
            return conditions.count == elements.count ? conditions : nil
        }
        switch (member.name, member.value) {
        case ("exists", .string(let path)): self = .exists(path)
        case ("all", let value):
            guard let conditions = conditions(value) else { return nil }
            self = .all(conditions)
        case ("any", let value):
            guard let conditions = conditions(value) else { return nil }
            self = .any(conditions)
        case ("not", let value):
            guard let condition = Condition(content: value) else { return nil }
            self = .not(condition)
        case (let name, .array(let operands)):
            guard let comparison = Comparison(rawValue: name), operands.count == 2 else { return nil }
            self = .compare(comparison, operands[0], operands[1])
        default: return nil
        }
    }
}
