extension Condition {
    /// The condition as it stands in a document.
    ///
    /// Recursive, within the depth that a condition without findings has.
    var json: JSONValue {
        switch self {
        case .compare(let comparison, let lhs, let rhs): .object([JSONMember(comparison.rawValue, [lhs, rhs])])
        case .exists(let path): ["exists": .string(path)]
        case .all(let conditions): ["all": .array(conditions.map(\.json))]
        case .any(let conditions): ["any": .array(conditions.map(\.json))]
        case .not(let condition): ["not": condition.json]
        }
    }
}
