#if Server
import Gatehouse
import GatehouseBase
import GatehouseCrypto

/// The type and id of a subject or a resource. They compare by bytes, and an id belongs to its type.
struct EntityID: Sendable, Hashable {
    let type: String
    let id: String

    static func == (lhs: Self, rhs: Self) -> Bool {
        lhs.id.hasSameBytes(as: rhs.id) && lhs.type.hasSameBytes(as: rhs.type)
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(ByteText(type))
        hasher.combine(ByteText(id))
    }
}

/// The known subjects and resources with their stored attributes, in the order of their document.
struct EntityCatalogue: Sendable {
    /// The entities of one kind.
    struct List: Sendable {
        private(set) var entities: [EntityID] = []
        private var attributes: [EntityID: JSONValue] = [:]
        private var places: [ByteText: [Int]] = [:]

        /// Adds an entity. Returns false if the entity is already there.
        mutating func add(_ entity: EntityID, _ attributes: JSONValue) -> Bool {
            guard self.attributes.updateValue(attributes, forKey: entity) == nil else { return false }
            places[ByteText(entity.type), default: []].append(entities.count)
            entities.append(entity)
            return true
        }

        func contains(_ entity: EntityID) -> Bool { attributes[entity] != nil }

        /// Returns the entities of a type, in their order.
        func entities(ofType type: String) -> [EntityID] { (places[ByteText(type)] ?? []).map { entities[$0] } }

        /// Returns the stored attributes, replaced by the attributes that a request sends.
        func attributes(of entity: EntityID, sent: JSONValue) -> JSONValue {
            guard case .object(let stored)? = attributes[entity], !stored.isEmpty,
                case .object(let sentMembers) = sent
            else { return sent }
            guard !sentMembers.isEmpty else { return .object(stored) }
            let names = Set(sentMembers.map { ByteText($0.name) })
            return .object(sentMembers + stored.filter { !names.contains(ByteText($0.name)) })
        }
    }

    var subjects = List()
    var resources = List()
    /// A hash that differs between documents; empty if there is no document.
    var revision: [UInt8] = []
}
#endif
