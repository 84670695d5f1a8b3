import GatehouseBase

extension PolicyEngine {
    /// Returns the check with only the attributes that conditions of this policy read. They suffice to decide again.
    package func keepingReadAttributes(_ check: AccessCheck) -> AccessCheck {
        var kept = check
        let (principal, resource, action, context) = (
            check.principal, check.resource?.attributes ?? [:], check.action, check.context
        )
        var (attributes, claims, ofResource, ofAction, ofContext) = (
            JSONValue.object([]), JSONValue.object([]), JSONValue.object([]), JSONValue.object([]), JSONValue.object([])
        )
        for rule in rules {
            for path in rule.condition?.paths ?? [] {
                switch path.root {
                case .principalAttributes: attributes.keep(path.names, of: principal.attributes)
                case .principalClaims: claims.keep(path.names, of: principal.claims)
                case .resourceAttributes: ofResource.keep(path.names, of: resource)
                case .actionAttributes: ofAction.keep(path.names, of: action)
                case .context: ofContext.keep(path.names, of: context)
                case .principalID, .principalType, .principalIssuer, .principalOrganization, .principalRoles,
                    .resourceType,
                    .resourceID, .actionName:
                    break  // always kept
                }
            }
        }
        if principal.attributes != attributes { kept.principal.attributes = attributes }
        if principal.claims != claims { kept.principal.claims = claims }
        if resource != ofResource { kept.resource?.attributes = ofResource }
        kept.action = ofAction
        kept.context = ofContext
        return kept
    }

    /// Returns true if a rule about the permission reads an attribute that the other policy's conditions do not read. A check that was kept
    /// for the other policy then cannot be decided by this policy.
    package func readsMore(about permission: Permission, than other: PolicyEngine) -> Bool {
        guard !rules.isEmpty else { return false }
        let about = ruleIndex.rules(about: permission, id: permissions.id(of: permission), segments)
        guard about.contains(where: { rules[$0].condition != nil }) else { return false }
        let kept = other.rules.flatMap { $0.condition?.paths ?? [] }
        return about.contains { rule in
            (rules[rule].condition?.paths ?? []).contains { path in
                path.isAttribute && !kept.contains { $0.covers(path) }
            }
        }
    }
}

extension AttributePath {
    /// True if the path leads to a value that is kept only if a condition reads it.
    fileprivate var isAttribute: Bool {
        switch root {
        case .principalAttributes, .principalClaims, .resourceAttributes, .actionAttributes, .context: true
        case .principalID, .principalType, .principalIssuer, .principalOrganization, .principalRoles, .resourceType,
            .resourceID, .actionName:
            false
        }
    }

    /// Returns true if the other path leads to a part of this path's value.
    fileprivate func covers(_ other: AttributePath) -> Bool {
        root == other.root && names.count <= other.names.count
            && zip(names, other.names).allSatisfy { $0.hasSameBytes(as: $1) }
    }
}

extension JSONValue {
    /// Adds the part of another object at a path, with the objects on the way to it.
    fileprivate mutating func keep(_ names: [String], of other: JSONValue) {
        guard let name = names.first else {
            self = other
            return
        }
        guard case .object(var members) = self, let value = other[name] else { return }
        let position = members.firstIndex { $0.name.hasSameBytes(as: name) }
        if names.count == 1 {
            if let position { members[position].value = value } else { members.append(JSONMember(name, value)) }
        } else if case .object = value {
            var part = position.map { members[$0].value } ?? .object([])
            if part == value { return }
            part.keep(Array(names.dropFirst()), of: value)
            if let position { members[position].value = part } else { members.append(JSONMember(name, part)) }
        } else if position == nil {
            // The path leads nowhere, and must lead nowhere again.
            members.append(JSONMember(name, .null))
        }
        self = .object(members)
    }
}
