#if SQLite
import GRDB
import GatehouseBase
import GatehouseClerk
import GatehouseRecords
import GatehouseSQLite
import GatehouseTesting
import HTTPTypes
import Synchronization
import Testing

struct WebhookInboxTests {
    private struct Broken: Error {}

    @Test func `A webhook is stored, and the same id again has no further effect`() async throws {
        let sender = try await ClerkSender()
        let runs = Mutex(0)
        sender.webhooks.on(.userCreated) { event, _ in
            #expect(event.data.primaryEmail == "a@example.com")
            runs.withLock { $0 += 1 }
        }
        let body = ClerkSender.event("user.created", ClerkSender.user("user_1", updated: 10), at: 10)
        #expect(try await sender.send(body, id: "msg_1") == .stored)
        #expect(try await sender.send(body, id: "msg_1") == .repeated)
        #expect(try await sender.webhooks.processDue() == 1)
        #expect(try await sender.webhooks.processDue() == 0)
        #expect(try await sender.send(body, id: "msg_1") == .repeated)
        #expect(try await sender.webhooks.processDue() == 0)
        #expect(runs.withLock { $0 } == 1)
        let stored = try await sender.records.read { try $0.webhook(source: "clerk", id: "msg_1") }
        #expect(stored?.state == .done)
        #expect(stored?.body == body.utf8)
    }

    @Test func `An application's table is written in the transaction that marks the event done`() async throws {
        let sender = try await ClerkSender()
        try await sender.records.write {
            try $0.database.execute(sql: "CREATE TABLE users (id TEXT PRIMARY KEY, email TEXT)")
        }
        let isBroken = Mutex(true)
        for type in [WebhookEventType.userCreated, .userUpdated] {
            sender.webhooks.on(type) { event, database in
                try database.execute(
                    sql: "INSERT OR REPLACE INTO users VALUES (?, ?)",
                    arguments: [event.data.id, event.data.primaryEmail]
                )
                if isBroken.withLock({ $0 }) { throw Broken() }
            }
        }
        sender.webhooks.on(.userDeleted) { event, database in
            try database.execute(sql: "DELETE FROM users WHERE id = ?", arguments: [event.data.id])
        }
        func emails() async throws -> [String] {
            try await sender.records.read { try String.fetchAll($0.database, sql: "SELECT email FROM users") }
        }
        _ = try await sender.send(ClerkSender.event("user.created", ClerkSender.user("u", updated: 1), at: 1), id: "m1")
        try await sender.webhooks.processDue()
        #expect(try await emails() == [])  // undone with the mark
        isBroken.withLock { $0 = false }
        #expect(try await sender.webhooks.processDue() == 0)  // it backs off
        sender.clock.advance(by: .seconds(2))
        #expect(try await sender.webhooks.processDue() == 1)
        #expect(try await emails() == ["a@example.com"])
        let changed = ClerkSender.user("u", email: "b@example.com", updated: 2)
        _ = try await sender.send(ClerkSender.event("user.updated", changed, at: 2), id: "m2")
        try await sender.webhooks.processDue()
        #expect(try await emails() == ["b@example.com"])
        _ = try await sender.send(ClerkSender.event("user.deleted", ["id": "u", "deleted": true], at: 3), id: "m3")
        try await sender.webhooks.processDue()
        #expect(try await emails() == [])
    }

    @Test func `Handlers see an object's states in order, and the first as created, whatever arrives first`()
        async throws
    {
        let sender = try await ClerkSender()
        let seen = Mutex<[String]>([])
        sender.webhooks.on(.userCreated) { event, _ in
            seen.withLock { $0.append("created \(event.data.primaryEmail ?? "")") }
        }
        sender.webhooks.on(.userUpdated) { event, _ in
            seen.withLock { $0.append("updated \(event.data.primaryEmail ?? "")") }
        }
        sender.webhooks.on(.userDeleted) { event, _ in seen.withLock { $0.append("deleted") } }
        func send(_ type: String, _ email: String, _ time: Int) async throws {
            let data = ClerkSender.user("u", email: email, updated: time)
            _ = try await sender.send(
                ClerkSender.event(type, data, at: time),
                id: "m\(time)\(type)".filter { $0 != "." }
            )
            while try await sender.webhooks.processDue() > 0 {}
        }
        try await send("user.updated", "two", 2)
        try await send("user.created", "one", 1)
        try await send("user.updated", "three", 3)
        _ = try await sender.send(ClerkSender.event("user.deleted", ["id": "u"], at: 9), id: "d")
        while try await sender.webhooks.processDue() > 0 {}
        try await send("user.updated", "late", 4)
        #expect(seen.withLock { $0 } == ["created two", "updated two", "updated three", "deleted"])
    }

    @Test func `A poison event becomes a dead letter after its attempts, and holds up no other object`() async throws {
        let retry = RetrySchedule(base: .seconds(1), limit: .seconds(8), attempts: 3)
        let sender = try await ClerkSender(configuration: .init(retry: retry))
        let done = Mutex<[String]>([])
        let isBroken = Mutex(true)
        sender.webhooks.on(.userCreated) { event, _ in
            if event.data.id == "poison", isBroken.withLock({ $0 }) { throw Broken() }
            done.withLock { $0.append(event.data.id) }
        }
        for (index, id) in ["a", "poison", "b"].enumerated() {
            let data = ClerkSender.user(id, updated: 1)
            _ = try await sender.send(ClerkSender.event("user.created", data, at: 1), id: "m\(index)")
        }
        for _ in 0..<4 {
            while try await sender.webhooks.processDue() > 0 {}
            sender.clock.advance(by: .seconds(8))
        }
        #expect(done.withLock { $0 } == ["a", "b"])
        let dead = try await sender.records.read { try $0.webhooks(in: .dead, after: 0, limit: 10) }
        #expect(dead.map(\.id) == ["m1"])
        #expect(dead.first?.attempts == 3)
        #expect(dead.first?.error?.contains("Broken") == true)
        // A duplicate does not revive it; a replay does.
        let again = ClerkSender.event("user.created", ClerkSender.user("poison", updated: 1), at: 1)
        #expect(try await sender.send(again, id: "m1") == .repeated)
        #expect(try await sender.webhooks.processDue() == 0)
        isBroken.withLock { $0 = false }
        #expect(try await sender.webhooks.replay(id: "m1"))
        #expect(try await sender.webhooks.processDue() == 1)
        #expect(done.withLock { $0 } == ["a", "b", "poison"])
    }

    @Test func `Later events of an object wait behind one that failed`() async throws {
        let sender = try await ClerkSender()
        let seen = Mutex<[String]>([])
        let isBroken = Mutex(true)
        for type in [WebhookEventType.userCreated, .userUpdated] {
            sender.webhooks.on(type) { event, _ in
                if isBroken.withLock({ $0 }) { throw Broken() }
                seen.withLock { $0.append(event.type) }
            }
        }
        _ = try await sender.send(ClerkSender.event("user.created", ClerkSender.user("u", updated: 1), at: 1), id: "m1")
        _ = try await sender.send(ClerkSender.event("user.updated", ClerkSender.user("u", updated: 2), at: 2), id: "m2")
        try await sender.webhooks.processDue()
        isBroken.withLock { $0 = false }
        #expect(try await sender.webhooks.processDue() == 0)
        sender.clock.advance(by: .seconds(2))
        while try await sender.webhooks.processDue() > 0 {}
        #expect(seen.withLock { $0 } == ["user.created", "user.updated"])
    }

    @Test func `A signed body that is no event is a dead letter; an unsigned, stale or large one is refused`()
        async throws
    {
        let sender = try await ClerkSender()
        #expect(try await sender.send(bytes: Array("no JSON".utf8), id: "m1") == .stored)
        #expect(try await sender.send(bytes: Array("{}".utf8), id: "m2") == .stored)
        let dead = try await sender.records.read { try $0.webhooks(in: .dead, after: 0, limit: 10) }
        #expect(dead.map(\.id) == ["m1", "m2"])
        #expect(await sender.webhooks.receive([:], body: []).status == .badRequest)
        let large = [UInt8](repeating: 0x20, count: (1 << 20) + 1)
        #expect(try await sender.send(bytes: large, id: "m3").status == .contentTooLarge)
        let limit = [UInt8](repeating: 0x20, count: 1 << 20)
        #expect(try await sender.send(bytes: limit, id: "m4") == .stored)
    }

    @Test func `What a webhook takes away is taken away once it is acknowledged, and stays so in the next process`()
        async throws
    {
        let sender = try await ClerkSender()
        let member = ClerkSender.membership("mem_1", "u", in: "org_1", role: "org:admin", created: 1, updated: 1)
        let now = Int(ClerkSender.start.milliseconds)
        _ = try await sender.send(
            ClerkSender.event("organizationMembership.created", member, at: now - 9_000),
            id: "m1"
        )
        let principal = Principal(
            "u",
            issuer: ClerkSender.issuer,
            organization: "org_1",
            session: .init(id: "sess_1", status: nil)
        )
        let issued = ClerkSender.start.advanced(by: .seconds(-5))
        #expect(sender.records.marks.accepts(principal, issuedAt: issued))
        let held = try await sender.records.memberships(issuer: ClerkSender.issuer).membership(of: principal.member)
        #expect(held?.roles == ["org:admin"])
        _ = try await sender.send(ClerkSender.event("organizationMembership.deleted", member, at: now), id: "m2")
        #expect(!sender.records.marks.accepts(principal, issuedAt: issued))
        #expect(sender.records.marks.accepts(principal, issuedAt: ClerkSender.start.advanced(by: .seconds(1))))
        let after = try await sender.records.memberships(issuer: ClerkSender.issuer).membership(of: principal.member)
        #expect(after?.roles == [])
        let next = try await ClerkSender(in: sender.folder)
        #expect(!next.records.marks.accepts(principal, issuedAt: issued))
    }

    @Test func `A promotion leaves no mark, a demotion does`() async throws {
        let sender = try await ClerkSender()
        let now = Int(ClerkSender.start.milliseconds)
        func send(_ role: String, _ type: String, _ time: Int) async throws {
            let data = ClerkSender.membership("m", "u", in: "o", role: role, created: 1, updated: time)
            _ = try await sender.send(
                ClerkSender.event("organizationMembership.\(type)", data, at: now),
                id: "i\(time)"
            )
        }
        let principal = Principal("u", issuer: ClerkSender.issuer, organization: "o")
        let issued = ClerkSender.start.advanced(by: .seconds(-5))
        try await send("org:member", "created", 1)
        try await send("org:admin", "updated", 2)
        #expect(sender.records.marks.accepts(principal, issuedAt: issued))
        try await send("org:member", "updated", 3)
        #expect(!sender.records.marks.accepts(principal, issuedAt: issued))
    }

    @Test(arguments: ["banned", "session", "organization", "user"])
    func `Bans, ended sessions and deletions refuse tokens`(_ what: String) async throws {
        let sender = try await ClerkSender()
        let now = Int(ClerkSender.start.milliseconds)
        let event =
            switch what {
            case "banned": ClerkSender.event("user.updated", ClerkSender.user("u", updated: now, banned: true), at: now)
            case "session": ClerkSender.event("session.revoked", ["id": "sess_1", "user_id": "u"], at: now)
            case "organization": ClerkSender.event("organization.deleted", ["id": "o", "deleted": true], at: now)
            default: ClerkSender.event("user.deleted", ["id": "u", "deleted": true], at: now)
            }
        let principal = Principal(
            "u",
            issuer: ClerkSender.issuer,
            organization: "o",
            session: .init(id: "sess_1", status: nil)
        )
        let issued = ClerkSender.start.advanced(by: .seconds(-5))
        #expect(sender.records.marks.accepts(principal, issuedAt: issued))
        #expect(try await sender.send(event, id: "m") == .stored)
        #expect(!sender.records.marks.accepts(principal, issuedAt: issued))
    }
}
#endif
