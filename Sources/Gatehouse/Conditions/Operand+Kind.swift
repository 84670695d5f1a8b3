/// The types of operands, as far as they are known before any check.
///
/// An attribute has any type, or is missing. The names that Gatehouse itself gives have known types: `$principal.roles` is a list of
/// strings, and `$principal.id` is a string.
extension Operand {
    /// A type of a value.
    enum Kind { case null, bool, number, string, list, map }

    /// The type of the operand's value; `nil` if it depends on an attribute.
    var kind: Kind? {
        switch self {
        case .path(let path): path.kind
        case .malformed: nil
        case .list: .list
        case .literal(let value): Kind(value)
        }
    }

    /// True if the operand has a value in no check.
    var isNeverPresent: Bool {
        switch self {
        case .path(let path): path.isNeverPresent
        case .literal: false
        case .list(let operands): operands.contains(where: \.isNeverPresent)
        case .malformed: true
        }
    }

    /// True if the operand has a value in each check.
    var isAlwaysPresent: Bool {
        switch self {
        case .path(let path): path.isAlwaysPresent
        case .literal: true
        case .list(let operands): operands.allSatisfy(\.isAlwaysPresent)
        case .malformed: false
        }
    }

    /// Returns true if the operand may be a list with an element of the type of this value.
    func mayBeList(with value: Operand) -> Bool {
        guard let kinds = elementKinds else { return kind == nil }
        return kinds.contains { $0 == nil || value.kind == nil || $0 == value.kind }
    }

    /// The types of the elements of a list; `nil` if the operand is no list, or the types depend on an attribute.
    private var elementKinds: [Kind?]? {
        switch self {
        case .path(let path): path.isRoles ? [.string] : nil
        case .literal(.array(let elements)): elements.map { Kind($0) }
        case .list(let operands): operands.map(\.kind)
        case .literal, .malformed: nil
        }
    }
}

extension Operand.Kind {
    fileprivate init(_ value: JSONValue) {
        switch value {
        case .null: self = .null
        case .bool: self = .bool
        case .number: self = .number
        case .string: self = .string
        case .array: self = .list
        case .object: self = .map
        }
    }
}

extension AttributePath {
    /// The type of the value; `nil` for an attribute.
    fileprivate var kind: Operand.Kind? { names.isEmpty ? rootKind : nil }

    /// True if there is a value in no check: nothing is below a string or a list.
    var isNeverPresent: Bool { rootKind != nil && !names.isEmpty }

    /// True if there is a value in each check.
    var isAlwaysPresent: Bool {
        switch root {
        case .principalID, .principalType, .principalRoles, .actionName: names.isEmpty
        case .principalIssuer, .principalOrganization, .principalAttributes, .principalClaims, .resourceType,
            .resourceID, .resourceAttributes, .actionAttributes, .context:
            false
        }
    }

    private var rootKind: Operand.Kind? {
        switch root {
        case .principalID, .principalType, .principalIssuer, .principalOrganization, .resourceType, .resourceID,
            .actionName:
            .string
        case .principalRoles: .list
        case .principalAttributes, .principalClaims, .resourceAttributes, .actionAttributes, .context: nil
        }
    }
}
