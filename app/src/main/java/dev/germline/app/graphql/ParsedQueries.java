package dev.germline.app.graphql;

import graphql.ExecutionInput;
import graphql.GraphQLError;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.execution.preparsed.PreparsedDocumentProvider;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Queries read before, so that a page that is asked for again and again is parsed and validated
 * once. What of a new one is too much is refused before anything walks through it: fragments that
 * spread fragments make fields by doubling. Thread-safe.
 */
final class ParsedQueries implements PreparsedDocumentProvider {
  private static final int MOST = 256;
  private static final int LONGEST = 8_192;

  private final int maxFields;
  private final ParserOptions options;
  private final Map<String, PreparsedDocumentEntry> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, PreparsedDocumentEntry> eldest) {
          return size() > MOST;
        }
      };

  ParsedQueries(int maxFields, ParserOptions options) {
    this.maxFields = maxFields;
    this.options = options;
  }

  @Override
  public CompletableFuture<PreparsedDocumentEntry> getDocumentAsync(
      ExecutionInput input, Function<ExecutionInput, PreparsedDocumentEntry> read) {
    String query = input.getQuery();
    PreparsedDocumentEntry entry = known(query);
    if (entry == null) {
      GraphQLError refused = refusal(query);
      entry = refused == null ? read.apply(input) : new PreparsedDocumentEntry(refused);
      if (!entry.hasErrors() && query.length() <= LONGEST) {
        keep(query, entry);
      }
    }
    return CompletableFuture.completedFuture(entry);
  }

  private @Nullable PreparsedDocumentEntry known(String query) {
    synchronized (known) {
      return known.get(query);
    }
  }

  private void keep(String query, PreparsedDocumentEntry entry) {
    synchronized (known) {
      known.put(query, entry);
    }
  }

  private @Nullable GraphQLError refusal(String query) {
    try {
      Document document =
          new Parser()
              .parseDocument(
                  ParserEnvironment.newParserEnvironment()
                      .document(query)
                      .parserOptions(options)
                      .build());
      Expansion expansion = new Expansion(document);
      for (OperationDefinition operation :
          document.getDefinitionsOfType(OperationDefinition.class)) {
        if (expansion.fields(operation.getSelectionSet()) > maxFields) {
          return Errors.tooMuch("the query comes to more than " + maxFields + " fields");
        }
      }
      return null;
    } catch (InvalidSyntaxException broken) {
      String said = String.valueOf(broken.getMessage());
      // The parser has a class of its own for each limit, none of which it shows.
      return broken.getClass() == InvalidSyntaxException.class
          ? broken.toInvalidSyntaxError()
          : Errors.tooMuch(said);
    }
  }

  /** How many fields a selection comes to when every fragment is written out. */
  private final class Expansion {
    private final Map<String, FragmentDefinition> fragments = new HashMap<>();
    private final Map<String, Long> counted = new HashMap<>();

    Expansion(Document document) {
      document
          .getDefinitionsOfType(FragmentDefinition.class)
          .forEach(fragment -> fragments.put(fragment.getName(), fragment));
    }

    long fields(@Nullable SelectionSet selections) {
      long sum = 0;
      if (selections != null) {
        for (Selection<?> selection : selections.getSelections()) {
          sum += fields(selection);
          if (sum > maxFields) {
            return sum;
          }
        }
      }
      return sum;
    }

    private long fields(Selection<?> selection) {
      return switch (selection) {
        case Field field -> 1 + fields(field.getSelectionSet());
        case InlineFragment fragment -> fields(fragment.getSelectionSet());
        case FragmentSpread spread -> fragment(spread.getName());
        default -> 0;
      };
    }

    private long fragment(String name) {
      FragmentDefinition fragment = fragments.get(name);
      if (fragment == null) {
        return 0; // validation says it
      }
      Long known = counted.putIfAbsent(name, 0L); // in a circle, which validation refuses
      if (known != null) {
        return known;
      }
      long fields = fields(fragment.getSelectionSet());
      counted.put(name, fields);
      return fields;
    }
  }
}
