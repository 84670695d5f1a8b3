/// A path to something that is known of a check, such as `$resource.ownerID`.
struct AttributePath: Sendable {
    /// The path as it was written.
    let text: String
    let root: Root
    /// The names from the root on; through objects only.
    let names: [String]

    enum Root: String, Sendable {
        case principalID, principalType, principalIssuer, principalOrganization, principalRoles, principalAttributes,
            principalClaims
        case resourceType, resourceID, resourceAttributes
        case actionName, actionAttributes
        case context
    }

    /// Returns true if a string operand is a path, and not a literal; `$$` begins a literal dollar sign.
    static func isPath(_ text: String) -> Bool {
        text.utf8.first == UInt8(ascii: "$") && text.utf8.dropFirst().first != UInt8(ascii: "$")
    }

    /// Reads a path.
    ///
    /// - Throws: ``AttributePathError`` if the text is not a path.
    init(_ text: String) throws(AttributePathError) {
        guard Self.isPath(text) else {
            throw AttributePathError("“\(text.printable)” is no path: it must begin with $")
        }
        let parts = try AttributePathParts.parts(of: text)
        guard parts.count > 1 else {
            throw AttributePathError(
                "“\(text.printable)” is no path: it must be $principal, $resource, $action or $context, a dot and a name"
            )
        }
        let names = parts.dropFirst()
        switch (parts[0], parts[1]) {
        case ("$principal", "id"): (root, self.names) = (.principalID, Array(names.dropFirst()))
        case ("$principal", "type"): (root, self.names) = (.principalType, Array(names.dropFirst()))
        case ("$principal", "issuer"): (root, self.names) = (.principalIssuer, Array(names.dropFirst()))
        case ("$principal", "organization"): (root, self.names) = (.principalOrganization, Array(names.dropFirst()))
        case ("$principal", "roles"): (root, self.names) = (.principalRoles, Array(names.dropFirst()))
        case ("$principal", "attributes"): (root, self.names) = (.principalAttributes, Array(names.dropFirst()))
        case ("$principal", "claims"): (root, self.names) = (.principalClaims, Array(names.dropFirst()))
        case ("$principal", _):
            throw AttributePathError(
                "“\(text.printable)”: $principal has id, type, issuer, organization, roles, attributes and claims, "
                    + "and nothing else"
            )
        case ("$resource", "type"): (root, self.names) = (.resourceType, Array(names.dropFirst()))
        case ("$resource", "id"): (root, self.names) = (.resourceID, Array(names.dropFirst()))
        case ("$resource", _): (root, self.names) = (.resourceAttributes, Array(names))
        case ("$action", "name"): (root, self.names) = (.actionName, Array(names.dropFirst()))
        case ("$action", _): (root, self.names) = (.actionAttributes, Array(names))
        case ("$context", _): (root, self.names) = (.context, Array(names))
        default:
            throw AttributePathError(
                "“\(text.printable)” begins with none of $principal, $resource, $action and $context"
            )
        }
        self.text = text
    }

    /// True if the path begins with `$principal.roles`.
    var isAboutRoles: Bool { root == .principalRoles }

    /// True if the path is exactly `$principal.roles`.
    var isRoles: Bool { isAboutRoles && names.isEmpty }

    /// A key that is equal for paths to one value, in every spelling.
    var key: JSONValue { JSONValue([root.rawValue] + names) }

    /// Returns the value at the path; `nil` if there is none.
    func value(in facts: CheckFacts) -> JSONValue? {
        guard var value = rootValue(in: facts) else { return nil }
        for name in names {
            guard let next = value[name] else { return nil }
            value = next
        }
        return value
    }

    private func rootValue(in facts: CheckFacts) -> JSONValue? {
        switch root {
        case .principalID: .string(facts.principal)
        case .principalType: .string(facts.principalType)
        case .principalIssuer: facts.principalIssuer.map { .string($0) }
        case .principalOrganization: facts.organization.map { .string($0) }
        case .principalRoles: JSONValue(facts.roles)
        case .principalAttributes: facts.principalAttributes
        case .principalClaims: facts.principalClaims
        case .resourceType: facts.resource?.type.map { .string($0) }
        case .resourceID: facts.resource?.id.map { .string($0) }
        case .resourceAttributes: facts.resource?.attributes
        case .actionName: .string(facts.permission)
        case .actionAttributes: facts.action
        case .context: facts.context
        }
    }
}

/// The reason why a text is not a path.
struct AttributePathError: Error {
    let message: String

    init(_ message: String) {
        self.message = message
    }
}
