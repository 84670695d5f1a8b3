#if TestServers && PolicyFiles
import GatehouseBase
import SharedVectors
import Testing

@testable import GatehouseClerk

@Suite("Answers as Clerk's document describes them, and as they may come", SharedVectors.trait)
struct SchemaExampleTests {
    @Test(
        "an answer decodes with each optional member absent, null, of an unknown value, and with members added",
        arguments: ClerkOperation.all.map(\.id)
    )
    func decodes(id: String) throws {
        guard let document = OpenAPIDocument.bapi else { return }
        let operation = try #require(ClerkOperation.named(id))
        guard let schema = document.schema(operation.method.rawValue, operation.path, operation.status) else {
            // Without a schema there is nothing to decode: an empty answer, or one that the document leaves open.
            return
        }
        let whole = document.example(of: schema)
        let isList = ClerkClient.elements(of: whole) != nil
        let hasID = whole["id"]?.string != nil
        for example in document.changedExamples(of: schema) {
            guard isList || hasID else { continue }
            let objects: [ClerkListedObject]
            do throws(ClerkError) {
                objects =
                    isList
                    ? try ClerkList(example.answer, of: id).elements : [try ClerkListedObject(example.answer, of: id)]
            } catch {
                // An object without its id is none, and a list without its elements is none.
                let isList = ["data:", "m2m_tokens:"].contains { example.change.hasPrefix($0) }
                #expect(example.isAboutID || isList, "\(example.change): \(error)")
                continue
            }
            for object in objects {
                for reader in ToleranceTests.readers { #expect(!reader(object.json).isEmpty) }
            }
        }
    }

    /// Operations, and which reader of the tolerance tests reads their answer.
    static let typed: [(String, Int)] = [
        ("GetOrganization", 0), ("UpdateOrganizationMembership", 1), ("CreateOrganizationInvitation", 2),
        ("CreateOrganizationDomain", 3), ("GetUser", 4), ("GetOrganizationRole", 5), ("GetOrganizationPermission", 6),
        ("GetRoleSet", 7), ("GetEnterpriseConnection", 8), ("CreateDirectory", 9),
        ("CreateDirectoryGroupRoleMapping", 10), ("GetSession", 11), ("CreateMachine", 12), ("createM2MToken", 13),
        ("createApiKey", 14),
    ]

    @Test("each property of an object is one of the document's: a whole answer has them all", arguments: typed)
    func complete(id: String, reader: Int) throws {
        guard let document = OpenAPIDocument.bapi else { return }
        let operation = try #require(ClerkOperation.named(id))
        let schema = try #require(document.schema(operation.method.rawValue, operation.path, operation.status))
        var example = document.example(of: schema)
        // Kept by this library in metadata, and a reference that an example cannot guess.
        example = example.replacing("public_metadata", with: ["plan": "pro"])
        if let address = example["email_addresses"]?.elements.first?["id"] {
            example = example.replacing("primary_email_address_id", with: address)
        }
        let text = ToleranceTests.readers[reader](example)
        #expect(!text.contains("nil"), "\(text)")
    }
}
#endif
