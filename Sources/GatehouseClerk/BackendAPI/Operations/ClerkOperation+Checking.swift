/// A member of a query or a body that the operation does not take.
package struct ClerkMemberProblem: Sendable, Hashable {
    /// The member's name, with the names of the objects around it, such as `saml.idp_certificate`.
    package let name: String
    /// The fault of the member, as a sentence.
    package let message: String
    /// True if the operation has no such member.
    package let isUnknown: Bool
}

extension ClerkOperation {
    /// Returns the first member of a body that Clerk would refuse; `nil` if there is none.
    package func problem(inBody value: JSONValue?) -> ClerkMemberProblem? {
        switch (body, value) {
        case (nil, nil): nil
        case (nil, _?): ClerkMemberProblem(name: "", message: "the operation takes no body", isUnknown: true)
        case (let body?, nil): Self.problem(in: [:], of: body.members, at: "")
        case (.list(let members)?, .array(let elements)?):
            elements.lazy.compactMap { Self.problem(in: $0, of: members, at: "") }.first
        case (.list?, _?): ClerkMemberProblem(name: "", message: "the body is a list", isUnknown: false)
        case (let body?, let value?): Self.problem(in: value, of: body.members, at: "")
        }
    }

    /// Returns the first parameter of a query that Clerk would refuse; `nil` if there is none.
    package func problem(inQuery value: JSONValue) -> ClerkMemberProblem? {
        Self.problem(in: value, of: query, at: "")
    }

    private static func problem(in value: JSONValue, of members: [Member], at place: String) -> ClerkMemberProblem? {
        guard case .object(let given) = value else {
            return ClerkMemberProblem(name: place, message: "must be an object", isUnknown: false)
        }
        for member in given {
            let name = place.isEmpty ? member.name : "\(place).\(member.name)"
            guard let expected = members.first(where: { $0.name.hasSameBytes(as: member.name) }) else {
                return ClerkMemberProblem(name: name, message: "is no member of this operation", isUnknown: true)
            }
            if let problem = expected.problem(in: member.value, at: name) { return problem }
        }
        for member in members where member.isRequired && value[member.name] == nil {
            let name = place.isEmpty ? member.name : "\(place).\(member.name)"
            return ClerkMemberProblem(name: name, message: "must be included", isUnknown: false)
        }
        return nil
    }

    fileprivate static func problem(inObject value: JSONValue, of members: [Member], at place: String)
        -> ClerkMemberProblem?
    {
        problem(in: value, of: members, at: place)
    }
}

extension ClerkOperation.Member {
    fileprivate func problem(in value: JSONValue, at place: String) -> ClerkMemberProblem? {
        func wrong(_ message: String) -> ClerkMemberProblem {
            ClerkMemberProblem(name: place, message: message, isUnknown: false)
        }
        if value == .null { return isNullable ? nil : wrong("must not be null") }
        switch (kind, value) {
        case (.string, .string(let text)):
            guard values.isEmpty || values.contains(where: { $0.hasSameBytes(as: text) }) else {
                return wrong("must be one of \(values.joined(separator: ", "))")
            }
        case (.integer, .number(let number)):
            guard let int = number.int else { return wrong("must be a whole number") }
            if let maximum, int > maximum { return wrong("must be at most \(maximum)") }
        case (.number, .number), (.boolean, .bool): break
        case (.array, .array(let elements)):
            return elements.lazy.compactMap { problem(inElement: $0, at: place) }.first
        case (.object, .object):
            return members.isEmpty ? nil : ClerkOperation.problem(inObject: value, of: members, at: place)
        default: return wrong("must be of type \(kind.rawValue)")
        }
        return nil
    }

    private func problem(inElement value: JSONValue, at place: String) -> ClerkMemberProblem? {
        let matches =
            switch (elementKind, value) {
            case (.string, .string(let text)):
                values.isEmpty || values.contains { $0.hasSameBytes(as: text) }
            case (.integer, .number(let number)): number.int != nil
            case (.number, .number), (.boolean, .bool), (.object, .object), (.array, .array): true
            default: false
            }
        guard !matches else { return nil }
        let allowed = values.isEmpty ? "of type \(elementKind.rawValue)" : "one of \(values.joined(separator: ", "))"
        return ClerkMemberProblem(name: place, message: "must be a list of elements \(allowed)", isUnknown: false)
    }
}
