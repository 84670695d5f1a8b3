#if PolicyFiles
import GatehouseBase
import Yams

/// A composer that makes the tree of a masked text, even if keys repeat.
///
/// For a text with a repeated key, Yams returns no tree, but only the position of the key's first occurrence. The composer inserts a unique
/// character into that key and composes the text again, until Yams returns a tree. The tree then shows all repeated keys.
struct YAMLComposer {
    /// The number of bytes that the repetitions may read in all. Beyond that number, the error has the position of the second occurrence as
    /// far as indentation shows it, and otherwise the position of the first.
    private static let byteBudget = 4 << 20

    private let mask: YAMLMask
    private var marks = KeyMarks()

    init(_ mask: YAMLMask) {
        self.mask = mask
    }

    /// Returns the tree; `nil` for a text without a document.
    mutating func compose() throws(SyntaxError) -> DocumentTree? {
        var text = mask.text
        var bytes = 0
        for repetition in 0... {
            switch Self.compose(String(decoding: text, as: UTF8.self)) {
            case .document(let node):
                guard let node else { return nil }
                var builder = YAMLTreeBuilder(mask, marks)
                let root = builder.node(node, depth: 0)
                return DocumentTree(root: root, errors: builder.errors)
            case .failure(let message, let mark):
                throw SyntaxError(message, at: marks.original(mark))
            case .duplicateKey(let mark):
                bytes += text.count
                guard bytes <= Self.byteBudget, repetition < mask.spares.count,
                    marks.insert(mask.spares[repetition], at: mark, into: &text)
                else {
                    let place = KeyMarks.next(after: mark, in: text) ?? mark
                    throw SyntaxError("this key stands twice in the same mapping", at: marks.original(place))
                }
            }
        }
        return nil
    }

    private enum Outcome {
        case document(Node?)
        case failure(String, SourcePosition)
        case duplicateKey(SourcePosition)
    }

    private static func compose(_ text: String) -> Outcome {
        do {
            // Yams resolves no tags, since that would run regular expressions for each key. The encoding is given, since otherwise Yams
            // would take it from the environment, and print.
            return .document(try Yams.compose(yaml: text, .basic, .default, .utf8))
        } catch let error as YamlError {
            return outcome(of: error)
        } catch {
            return .failure("the document is not YAML", SourcePosition(line: 1, column: 1))
        }
    }

    private static func outcome(of error: YamlError) -> Outcome {
        switch error {
        case .parser(_, let problem, let mark, _) where problem.utf8.starts(with: "Maximum nesting".utf8):
            .failure("the document is nested deeper than \(DocumentNode.maximumDepth)", SourcePosition(mark))
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            .failure([context?.text, problem].compactMap(\.self).joined(separator: ": "), SourcePosition(mark))
        case .duplicatedKeysInMapping(_, let context):
            .duplicateKey(SourcePosition(context.mark))
        case .memory:
            .failure("there is not enough memory to read the document", SourcePosition(line: 1, column: 1))
        default:
            .failure("the document is not YAML", SourcePosition(line: 1, column: 1))
        }
    }
}

extension SourcePosition {
    init(_ mark: Mark) {
        self.init(line: mark.line, column: mark.column)
    }
}
#endif
