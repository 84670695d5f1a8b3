import GatehouseBase

/// A recorded decision, ready for a replay.
public struct RecordedDecision: Sendable {
    /// The reason why a recorded decision cannot be replayed.
    public enum Obstacle: String, Sendable, Error, CaseIterable {
        /// The principal was redacted.
        case redacted
        /// The policy reads an attribute that was not recorded.
        case attributesNotRecorded = "attributes-not-recorded"
        /// The credential's permissions decided, and no policy.
        case decidedByCredential = "decided-by-credential"
        /// The records lack the policy that decided.
        case unknownPolicy = "unknown-policy"
        /// The requirement was not about a permission, so that no policy decides about it.
        case notAPermission = "not-a-permission"
        /// The record is no decision, or is malformed.
        case malformed
    }

    /// The check.
    public let check: AccessCheck
    /// The issuer whose principals the policy's assignments without an issuer are about.
    public let ownIssuer: String
    /// True if the decision was allowed.
    public let wasAllowed: Bool
    /// The revision of the policy that decided.
    public let revision: String
    private let permissionSource: Authorizer.PermissionSource

    /// Reads a record.
    public init(_ row: AuditRow) throws(Obstacle) {
        guard !row.record.type.hasSameBytes(as: AuditRecord.requirement) else { throw .notAPermission }
        guard !row.isRedacted else { throw .redacted }
        let record = row.record
        guard let facts = JSONValue(utf8: record.facts), let personal = JSONValue(utf8: record.personal),
            let name = facts["permission"]?.string, let permission = try? Permission(validating: name),
            let revision = facts["revision"]?.string, let user = record.user,
            let principal = personal["principal"].flatMap({ Principal(json: $0, user, record.organization) })
        else { throw .malformed }
        let resource = personal["resource"].map { resource in
            Resource(
                type: resource["type"]?.string,
                id: resource["id"]?.string,
                attributes: resource["attributes"] ?? [:]
            )
        }
        check = AccessCheck(
            permission,
            by: principal,
            on: resource,
            action: personal["action"] ?? [:],
            context: personal["context"] ?? [:],
            at: record.time
        )
        ownIssuer = personal["principal"]?["ownIssuer"]?.string ?? principal.issuer
        wasAllowed = record.outcome == .allowed
        self.revision = revision
        permissionSource = facts["permissionsFrom"]?.string.flatMap { .init(rawValue: $0) } ?? .roles
    }

    /// Checks that another policy can decide the check.
    ///
    /// - Parameters:
    ///   - engine: The policy that is to decide.
    ///   - recorded: The policy that decided then.
    /// - Throws: The obstacle.
    public func require(decidableBy engine: PolicyEngine, recordedFor recorded: PolicyEngine) throws(Obstacle) {
        if permissionSource == .token { throw .decidedByCredential }
        if engine.readsMore(about: check.permission, than: recorded) { throw .attributesNotRecorded }
    }

    /// Decides the check by a policy.
    public func decide(by engine: PolicyEngine) -> Decision {
        var decision = engine.decide(check, ownIssuer: ownIssuer)
        // With the source `both`, the credential's permission counts unless the policy denies it.
        if permissionSource == .both, !decision.isAllowed, decision.reasons == [.default],
            check.principal.permissions.contains(where: { $0.hasSameBytes(as: check.permission.name) })
        {
            decision.isAllowed = true
        }
        return decision
    }

    /// Explains the decision.
    public func explain(by engine: PolicyEngine) -> Explanation { engine.explain(check, ownIssuer: ownIssuer) }
}

extension Principal {
    fileprivate init?(json: JSONValue, _ id: String, _ organization: String?) {
        guard case .array(let roles) = json["roles"] else { return nil }
        let held = roles.compactMap { RoleAssignment(json: $0) }
        guard held.count == roles.count else { return nil }
        let kind = json["kind"]?.string ?? Kind.user.rawValue
        guard let kind = Kind(rawValue: kind) else { return nil }
        self.init(
            id,
            kind: kind,
            type: json["type"]?.string,
            issuer: json["issuer"]?.string ?? "",
            organization: organization.map { Organization($0) },
            roles: held,
            activeRoles: json["activeRoles"]?.strings,
            permissions: json["permissions"]?.strings ?? [],
            tokenKind: json["tokenKind"]?.string.flatMap { TokenKind(rawValue: $0) },
            attributes: json["attributes"] ?? [:],
            claims: json["claims"] ?? [:]
        )
        if let delegated = json["delegated"]?.strings {
            let patterns = delegated.compactMap { try? PermissionPattern(validating: $0) }
            guard patterns.count == delegated.count else { return nil }
            self = limited(to: patterns)
        }
    }
}

extension RoleAssignment {
    fileprivate init?(json: JSONValue) {
        if let role = json.string {
            self.init(role)
            return
        }
        guard let role = json["role"]?.string else { return nil }
        func read<Value>(_ name: String, _ make: (String) -> Value?) -> Value?? {
            guard let text = json[name]?.string else { return .some(nil) }
            return make(text).map { .some($0) }
        }
        guard let resource = read("resource", { ResourceID($0) }),
            let notBefore = read("notBefore", { Timestamp(rfc3339: $0) }),
            let notAfter = read("notAfter", { Timestamp(rfc3339: $0) })
        else { return nil }
        self.init(role, on: resource, notBefore: notBefore, notAfter: notAfter)
    }
}

extension JSONValue {
    /// Reads a JSON text; `nil` if the bytes are not JSON.
    init?(utf8 bytes: [UInt8]) {
        guard let document = try? JSONDocument(parsing: bytes, maximumDepth: 512) else { return nil }
        self = JSONValue(document.root)
    }

    /// The texts of a list; `nil` if the value is no list, or has other elements.
    fileprivate var strings: [String]? {
        guard case .array(let elements) = self else { return nil }
        let strings = elements.compactMap(\.string)
        return strings.count == elements.count ? strings : nil
    }
}
