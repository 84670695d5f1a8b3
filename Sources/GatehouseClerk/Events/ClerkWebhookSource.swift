public import GatehouseBase
public import GatehouseRecords

/// The meaning of Clerk's webhooks (clerk.com/docs/guides/development/webhooks/overview; schemas of 2025-04-15).
public struct ClerkWebhookSource: WebhookSource {
    /// Makes the source.
    public init() {}

    public var name: String { "clerk" }

    /// The names of Svix, which sends Clerk's webhooks; then the names of Standard Webhooks, for a request without the names of Svix.
    public var fieldNames: [WebhookFieldNames] { [.svix, .standard] }

    /// The kinds of object whose `created` and `updated` events contain the whole state.
    private static let states: Set<String> = [
        "user", "organization", "organizationMembership", "organizationDomain", "role", "permission", "waitlistEntry",
        "paymentAttempt",
    ]
    /// The kinds of object whose events the audit log keeps.
    private static let recorded: Set<String> = [
        "user", "session", "organization", "organizationMembership", "organizationInvitation", "organizationDomain",
        "role", "permission",
    ]

    public func event(
        _ body: [UInt8],
        id: String,
        received: Timestamp
    ) throws(WebhookFormatError) -> WebhookEvent {
        guard let document = try? JSONDocument(parsing: body, maximumDepth: 256) else {
            throw WebhookFormatError("the body is no JSON text (RFC 8259)")
        }
        let content = JSONValue(document.root)
        let envelope = ClerkEventObject(content)
        guard let type = envelope.text("type"), let data = envelope.object("data"),
            content["object"].map({ $0.string == "event" }) ?? true
        else { throw WebhookFormatError("the body is no event: it has no type or no data") }
        let parts = type.split(separator: ".", maxSplits: 1)
        guard parts.count == 2, type.utf8.count <= 256 else {
            throw WebhookFormatError("the body is no event: its type is no name with a dot")
        }
        let (kind, verb) = (String(parts[0]), String(parts[1]))
        let time = envelope.time("timestamp") ?? received
        let told = time.milliseconds
        let isDeletion = verb == "deleted"
        let isState = Self.states.contains(kind) && (verb == "created" || verb == "updated")
        let updated = isDeletion ? told : (data.number("updated_at").map { Int64($0) } ?? told)
        let version = ObjectVersion(updated: updated, told: told, tie: id)
        var event = WebhookEvent(
            type: type,
            object: data.text("id").map { "\(kind):\($0)" },
            kind: kind,
            user: Self.user(kind, data),
            phase: isDeletion ? .deletion : isState ? .state : .occurrence,
            version: version,
            time: time,
            content: content
        )
        event.changes = try changes(kind, verb, data, version)
        if Self.recorded.contains(kind) { event.record = record(event, kind, data, envelope) }
        return event
    }

    private func changes(
        _ kind: String,
        _ verb: String,
        _ data: ClerkEventObject,
        _ version: ObjectVersion
    ) throws(WebhookFormatError) -> [DirectoryChange] {
        switch (kind, verb) {
        case ("user", "created"), ("user", "updated"):
            return [.user(try ClerkPayload.User(data).directoryUser, version)]
        case ("user", "deleted"): return [.userDeleted(try data.requiredText("id"), version)]
        case ("organization", "created"), ("organization", "updated"):
            return [.organization(try ClerkPayload.Organization(data).directoryOrganization, version)]
        case ("organization", "deleted"): return [.organizationDeleted(try data.requiredText("id"), version)]
        case ("organizationMembership", "created"), ("organizationMembership", "updated"):
            let membership = try ClerkPayload.Membership(data)
            return membership.company(version) + [.membership(membership.directoryMembership, version)]
        case ("organizationMembership", "deleted"):
            return [.membershipDeleted(try ClerkPayload.Membership(data).directoryMembership, version)]
        case ("session", _):
            var changes: [DirectoryChange] = []
            if let user = try? data.object("user").map({ try ClerkPayload.User($0) }) {
                let state = ObjectVersion(
                    updated: user.updated?.milliseconds ?? 0,
                    told: version.told,
                    tie: version.tie
                )
                changes.append(.user(user.directoryUser, state))
            }
            if verb == "ended" || verb == "removed" || verb == "revoked" {
                changes.append(.sessionEnded(try data.requiredText("id"), version))
            }
            return changes
        case ("role", "updated"), ("role", "deleted"):
            return (data.text("key") ?? data.text("slug")).map { [.roleChanged($0, version)] } ?? []
        default: return []
        }
    }

    /// Returns the id of the user whose data an event has, by the places in which Clerk's schemas name users.
    private static func user(_ kind: String, _ data: ClerkEventObject) -> String? {
        if kind == "user" { return data.text("id") }
        return data.text("user_id") ?? data.object("public_user_data")?.text("user_id") ?? data.object("user")?.text(
            "id"
        )
            ?? data.object("payer")?.text("user_id")
    }

    private func record(_ event: WebhookEvent, _ kind: String, _ data: ClerkEventObject, _ envelope: ClerkEventObject)
        -> AuditRecord
    {
        let request = envelope.object("event_attributes")?.object("http_request")
        var personal: [JSONMember] = []
        if let address = request?.text("client_ip") { personal.append(JSONMember("address", .string(address))) }
        if let agent = request?.text("user_agent") { personal.append(JSONMember("userAgent", .string(agent))) }
        var facts: [JSONMember] = [JSONMember("source", .string(name))]
        if let object = event.object, kind != "user", kind != "session" {
            facts.append(JSONMember("object", .string(object)))
        }
        if kind == "session", let id = data.text("id") { personal.append(JSONMember("session", .string(id))) }
        if kind == "user", let changed = data.time("password_last_updated_at") {
            facts.append(JSONMember("passwordChanged", .string(changed.description)))
        }
        if let role = data.text("role") { facts.append(JSONMember("role", .string(role))) }
        let organization =
            kind == "organization"
            ? data.text("id") : data.text("organization_id") ?? data.object("organization")?.text("id")
        return AuditRecord(
            type: event.type,
            time: event.time,
            organization: organization,
            user: event.user,
            facts: .object(facts),
            personal: .object(personal)
        )
    }
}

extension ClerkPayload.Organization {
    /// The part that the directory keeps.
    var directoryOrganization: DirectoryOrganization {
        DirectoryOrganization(
            id,
            name: name,
            slug: slug,
            imageURL: imageURL,
            created: created,
            updated: updated,
            publicMetadata: publicMetadata
        )
    }
}

extension ClerkPayload.Membership {
    /// The part that the directory keeps.
    var directoryMembership: DirectoryMembership {
        DirectoryMembership(
            id,
            user: userID,
            organization: organization.id,
            role: role,
            created: created,
            updated: updated
        )
    }

    /// Returns the states of the organization and the user in the membership. The user's state is a part: any whole state is later.
    func company(_ version: ObjectVersion) -> [DirectoryChange] {
        let state = ObjectVersion(
            updated: organization.updated?.milliseconds ?? 0,
            told: version.told,
            tie: version.tie
        )
        let part = ObjectVersion(updated: 0, told: version.told, tie: version.tie)
        let user = DirectoryUser(
            userID,
            firstName: publicUserData?.text("first_name"),
            lastName: publicUserData?.text("last_name"),
            username: publicUserData?.text("username"),
            imageURL: publicUserData?.text("image_url"),
            isBanned: publicUserData?.flag("banned") ?? false,
            isDeprovisioned: publicUserData?.flag("deprovisioned") ?? false
        )
        return [.organization(organization.directoryOrganization, state), .user(user, part)]
    }
}
