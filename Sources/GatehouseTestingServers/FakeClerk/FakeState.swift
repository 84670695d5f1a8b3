#if TestServers
import GatehouseBase
import GatehouseClerk

/// The objects of the fake instance.
struct FakeState {
    /// A kind of object. Its raw value is the beginning of the ids.
    enum Kind: String {
        case organization = "org"
        case membership = "orgmem"
        case organizationInvitation = "orginv"
        case domain = "orgdmn"
        case user
        case emailAddress = "idn"
        case phoneNumber = "idn_phone"
        case role
        case permission = "perm"
        case roleSet = "rset"
        case connection = "entconn"
        case testRun = "entconntr"
        case portalLink = "apl"
        case directory = "dir"
        case mapping = "dirgrm"
        case session = "sess"
        case machine = "mch"
        case machineToken = "mt"
        case apiKey = "ak"
        case oauthToken = "oat"
        case template = "jtmp"
        case signInToken = "sit"
        case actorToken = "act"
        case allowed = "alid"
        case blocked = "blid"
        case invitation = "inv"
    }

    /// The objects of each kind, in the order of their creation. Answers and webhooks leave out members that begin with `_`.
    private(set) var objects: [Kind: [JSONValue]] = [:]
    private var nextNumber = 0
    /// The events for webhooks.
    var events: [(type: String, data: JSONValue)] = []
    let instanceID: String
    let clock: WallClock
    /// Signs a token with the given claims.
    let sign: @Sendable (JSONValue) -> String

    init(instanceID: String, clock: WallClock, sign: @escaping @Sendable (JSONValue) -> String) {
        self.instanceID = instanceID
        self.clock = clock
        self.sign = sign
        seed()
    }

    /// The time in milliseconds since 1970.
    var now: Int {
        let time = clock.now()
        return Int(time.seconds) * 1_000 + Int(time.nanoseconds) / 1_000_000
    }

    mutating func makeID(_ kind: Kind) -> String {
        nextNumber += 1
        let digits = String(nextNumber, radix: 36)
        return kind.rawValue + "_" + String(repeating: "0", count: max(0, 12 - digits.count)) + digits
    }

    /// Adds an object. An object without an id or times gets them.
    @discardableResult
    mutating func add(_ kind: Kind, _ object: JSONValue) -> JSONValue {
        var object = object
        if object["id"] == nil { object = object.replacing("id", with: .string(makeID(kind))) }
        for name in ["created_at", "updated_at"] where object[name] == nil {
            object = object.replacing(name, with: .number(JSONNumber(now)))
        }
        objects[kind, default: []].append(object)
        return object
    }

    func all(_ kind: Kind) -> [JSONValue] { objects[kind] ?? [] }

    func first(_ kind: Kind, where matches: (JSONValue) -> Bool) -> JSONValue? { all(kind).first(where: matches) }

    /// Returns the object with this id.
    func get(_ kind: Kind, _ id: String, _ name: String? = nil) throws(FakeRefusal) -> JSONValue {
        guard let found = first(kind, where: { $0.has("id", id) }) else { throw .notFound(name ?? "\(kind)") }
        return found
    }

    /// Replaces the given members of an object. Null values stay.
    @discardableResult
    mutating func change(_ kind: Kind, _ id: String, _ members: JSONValue) throws(FakeRefusal) -> JSONValue {
        guard let place = all(kind).firstIndex(where: { $0.has("id", id) }) else { throw .notFound("\(kind)") }
        var object = all(kind)[place]
        for member in members.members { object = object.replacing(member.name, with: member.value) }
        object = object.replacing("updated_at", with: .number(JSONNumber(now)))
        objects[kind]?[place] = object
        return object
    }

    @discardableResult
    mutating func remove(_ kind: Kind, _ id: String) throws(FakeRefusal) -> JSONValue {
        guard let place = all(kind).firstIndex(where: { $0.has("id", id) }),
            let object = objects[kind]?.remove(at: place)
        else { throw .notFound("\(kind)") }
        return object
    }

    mutating func removeAll(_ kind: Kind, where matches: (JSONValue) -> Bool) -> [JSONValue] {
        let gone = all(kind).filter(matches)
        objects[kind]?.removeAll(where: matches)
        return gone
    }
}

extension JSONValue {
    /// Returns true if the member has this text.
    func has(_ name: String, _ text: String) -> Bool { self[name]?.string?.hasSameBytes(as: text) == true }

    /// Returns the texts of an array.
    func strings(_ name: String) -> [String] { self[name]?.elements.compactMap(\.string) ?? [] }

    /// The value without members that begin with `_`, at every depth.
    var told: JSONValue {
        switch self {
        case .object(let members):
            .object(members.filter { !$0.name.hasPrefix("_") }.map { JSONMember($0.name, $0.value.told) })
        case .array(let elements): .array(elements.map(\.told))
        default: self
        }
    }

    /// Returns the metadata after a merge with other metadata, at every depth. A null removes a key.
    func merging(_ other: JSONValue) -> JSONValue {
        guard case .object(let changes) = other else { return other }
        var result: JSONValue = if case .object = self { self } else { [:] }
        for change in changes {
            switch change.value {
            case .null: result = .object(result.members.filter { !$0.name.hasSameBytes(as: change.name) })
            case .object:
                result = result.replacing(change.name, with: (result[change.name] ?? [:]).merging(change.value))
            default: result = result.replacing(change.name, with: change.value)
            }
        }
        return result
    }
}
#endif
