#if SQLite
import GatehouseBase
import GatehouseClerk
import GatehouseRecords
import GatehouseSQLite
import GatehouseTesting
import HTTPTypes
import TestSupport

/// Sends webhooks as Clerk does, to a store in a folder of its own, whose clock stands still.
struct ClerkSender: Sendable {
    static let issuer = "https://clerk.acme.example"
    static let start = Timestamp(clampingMilliseconds: 1_700_000_000_000)

    let folder: TemporaryFolder
    let records: SQLiteRecords
    let authorizer: Authorizer
    let webhooks: ClerkWebhooks<SQLiteRecords>
    let clock: ManualClock
    private let secret: WebhookSecret

    init(
        in folder: TemporaryFolder? = nil,
        configuration: ClerkWebhooks<SQLiteRecords>.Configuration = .init(),
        bus: (any InvalidationBus)? = nil,
        policy: Policy = Policy(roles: [Role("org:member"), Role("org:admin", inherits: ["org:member"])])
    ) async throws {
        self.folder = try folder ?? TemporaryFolder()
        clock = ManualClock(Self.start)
        secret = try WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        records = try await SQLiteRecords(path: self.folder.database, clock: clock.wall)
        authorizer = Authorizer(
            engine: try PolicyEngine(policy),
            memberships: records.memberships(issuer: Self.issuer),
            issuer: Self.issuer,
            marks: records.marks,
            bus: bus,
            clock: clock.wall
        )
        webhooks = try ClerkWebhooks(
            records,
            secrets: [secret.text],
            authorizer: authorizer,
            audit: records.audit,
            configuration: configuration,
            clock: clock.wall
        )
    }

    /// Sends a body, signed.
    func send(_ body: JSONValue, id: String) async throws -> WebhookReception {
        try await send(bytes: body.utf8, id: id)
    }

    func send(bytes: [UInt8], id: String) async throws -> WebhookReception {
        let fields = try WebhookSigner(secret).headerFields(id: id, at: clock.now, body: bytes, names: .svix)
        return await webhooks.receive(fields, body: bytes)
    }

    /// An event.
    static func event(_ type: String, _ data: JSONValue, at milliseconds: Int) -> JSONValue {
        [
            "type": .string(type), "object": "event", "timestamp": .number(JSONNumber(milliseconds)),
            "instance_id": "ins_1", "data": data,
        ]
    }

    static func user(_ id: String, email: String = "a@example.com", updated: Int, banned: Bool = false) -> JSONValue {
        [
            "id": .string(id), "object": "user", "updated_at": .number(JSONNumber(updated)), "created_at": 1,
            "primary_email_address_id": "e1", "banned": .bool(banned),
            "email_addresses": [["id": "e1", "email_address": .string(email)]],
        ]
    }

    static func membership(
        _ id: String,
        _ user: String,
        in organization: String,
        role: String,
        created: Int,
        updated: Int
    ) -> JSONValue {
        [
            "id": .string(id), "object": "organization_membership", "role": .string(role),
            "created_at": .number(JSONNumber(created)), "updated_at": .number(JSONNumber(updated)),
            "organization": ["id": .string(organization), "name": "Acme", "updated_at": 5],
            "public_user_data": ["user_id": .string(user), "first_name": "A"],
        ]
    }
}
#endif
