#if Server
import Gatehouse
import GatehouseBase
import GatehouseCrypto
import GatehousePolicyFiles

/// A document of entities: two lists, `subjects` and `resources`, of `{type, id, attributes}`.
enum EntityDocument {
    /// Reads a document.
    ///
    /// - Throws: ``Findings`` with all faults of the document.
    static func catalogue(from bytes: [UInt8]) throws(Findings) -> EntityCatalogue {
        var reader = Reader()
        do throws(SyntaxError) {
            let tree = try PolicyDocument.tree(of: bytes)
            reader.errors += tree.errors
            reader.read(tree.root)
        } catch {
            throw Findings(errors: [error])
        }
        guard reader.errors.isEmpty else { throw Findings(errors: reader.errors.sorted { $0.position < $1.position }) }
        reader.catalogue.revision = SHA256Digest(of: bytes)?.bytes ?? []
        return reader.catalogue
    }

    /// The faults of a document.
    struct Findings: Error, CustomStringConvertible {
        let errors: [SyntaxError]

        var description: String { errors.map { "\($0.position): \($0.message)" }.joined(separator: "\n") }
    }

    private struct Reader {
        var catalogue = EntityCatalogue()
        var errors: [SyntaxError] = []

        mutating func read(_ root: DocumentNode) {
            guard case .mapping(let members) = root.value else {
                return wrong("a document of entities must be a mapping, not \(root.kind)", root.position)
            }
            for member in members {
                switch member.key {
                case let key where key.hasSameBytes(as: "subjects"): read(member, into: \.subjects)
                case let key where key.hasSameBytes(as: "resources"): read(member, into: \.resources)
                default: unknown(member, "a document of entities", ["subjects", "resources"])
                }
            }
        }

        private mutating func read(
            _ list: DocumentMember,
            into path: WritableKeyPath<EntityCatalogue, EntityCatalogue.List>
        ) {
            if case .null = list.value.value { return }
            guard case .sequence(let entries) = list.value.value else {
                return wrong("“\(list.key)” must be a list, not \(list.value.kind)", list.value.position)
            }
            for entry in entries {
                guard let (entity, attributes) = entity(entry, of: list.key) else { continue }
                if !catalogue[keyPath: path].add(entity, attributes) {
                    wrong(
                        "“\(list.key)” has \(entity.type) \(entity.id.printable) twice",
                        entry.position
                    )
                }
            }
        }

        private mutating func entity(_ node: DocumentNode, of list: String) -> (EntityID, JSONValue)? {
            guard case .mapping(let members) = node.value else {
                wrong("an entry of “\(list)” must be a mapping, not \(node.kind)", node.position)
                return nil
            }
            var type, id: String?
            var attributes: JSONValue = [:]
            let count = errors.count
            for member in members {
                switch member.key {
                case let key where key.hasSameBytes(as: "type"):
                    type = member.value.string.flatMap { Name.isSegment($0) ? $0 : nil }
                    if type == nil { wrong("“type” must be one segment of A-Z a-z 0-9 _ - .", member.value.position) }
                case let key where key.hasSameBytes(as: "id"):
                    id = member.value.nonEmptyString
                    if id == nil { wrong("“id” must be a string, and not empty", member.value.position) }
                case let key where key.hasSameBytes(as: "attributes"):
                    if case .mapping = member.value.value {
                        attributes = member.value.json(&errors)
                    } else {
                        wrong("“attributes” must be a mapping, not \(member.value.kind)", member.value.position)
                    }
                default: unknown(member, "an entity", ["type", "id", "attributes"])
                }
            }
            for (name, isThere) in [("type", has("type", members)), ("id", has("id", members))] where !isThere {
                wrong("an entry of “\(list)” needs “\(name)”", node.position)
            }
            guard errors.count == count, let type, let id else { return nil }
            return (EntityID(type: type, id: id), attributes)
        }

        private func has(_ key: String, _ members: [DocumentMember]) -> Bool {
            members.contains { $0.key.hasSameBytes(as: key) }
        }

        private mutating func unknown(_ member: DocumentMember, _ place: String, _ known: [String]) {
            var names = NearestNames(known)
            wrong(
                "\(place) has no key “\(member.key.printable)”" + names.suggestion(for: member.key),
                member.keyPosition
            )
        }

        private mutating func wrong(_ message: String, _ position: SourcePosition) {
            errors.append(SyntaxError(message, at: position))
        }
    }
}
#endif
