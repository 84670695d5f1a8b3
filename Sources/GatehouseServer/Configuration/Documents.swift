#if Server
import Gatehouse
import GatehouseBase
import GatehouseHTTP
import GatehousePolicyFiles

/// The documents that a configuration names, after reading.
struct Documents: Sendable {
    var engine: PolicyEngine
    var entities = EntityCatalogue()

    /// Reads the documents.
    ///
    /// - Parameter problems: The list to which all problems of the documents are added.
    /// - Returns: The documents; `nil` if one of them is not valid.
    static func reading(_ configuration: ServerConfiguration, _ problems: inout [ConfigurationProblem]) -> Documents? {
        let count = problems.count
        var engine: PolicyEngine?
        if let path = configuration.policy {
            do {
                engine = try policy(at: path)
            } catch let error as PolicyError {
                problems += error.findings.filter { $0.severity == .error }.map { finding in
                    ConfigurationProblem(
                        "policy",
                        "\(finding.message) [\(finding.code)]",
                        in: path,
                        at: finding.position
                    )
                }
                if problems.count == count { problems.append(ConfigurationProblem("policy", "\(error)", in: path)) }
            } catch let error as ConfigurationFolder.Unreadable {
                problems.append(ConfigurationProblem("policy", error.message, in: nil))
            } catch {
                problems.append(ConfigurationProblem("policy", "\(error)", in: path))
            }
        } else if configuration.permissionsFrom == .token || configuration.isPolicyPublished {
            // The published policy replaces this policy before the server listens.
            engine = try? PolicyEngine(Policy())
        }
        var entities = EntityCatalogue()
        if let path = configuration.entities {
            do {
                entities = try self.entities(at: path)
            } catch let error as EntityDocument.Findings {
                problems += error.errors.map { ConfigurationProblem("entities", $0.message, in: path, at: $0.position) }
            } catch let error as ConfigurationFolder.Unreadable {
                problems.append(ConfigurationProblem("entities", error.message, in: nil))
            } catch {
                problems.append(ConfigurationProblem("entities", "\(error)", in: path))
            }
        }
        guard problems.count == count, let engine else { return nil }
        return Documents(engine: engine, entities: entities)
    }

    /// Returns the policy of a file.
    static func policy(at path: String) throws -> PolicyEngine {
        try PolicyEngine(reading: try ConfigurationFolder.bytes(at: path))
    }

    /// Returns the entities of a file.
    static func entities(at path: String) throws -> EntityCatalogue {
        try EntityDocument.catalogue(from: try ConfigurationFolder.bytes(at: path))
    }
}
#endif
