/* Turns a model into C: embed_model MODEL > model_data.c */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int count, char **arguments) {
  FILE *file = count == 2 ? fopen(arguments[1], "rb") : NULL;
  if (file == NULL) {
    fprintf(stderr, "usage: embed_model MODEL: %s\n",
            count == 2 ? "the model can't be read" : "one model");
    return EXIT_FAILURE;
  }
  printf("/* Made by native/tools/embed_model.c from %s. */\n", arguments[1]);
  puts("#include <stddef.h>\n#include <stdint.h>\n\nextern const uint64_t "
       "model_words[];\n"
       "extern const size_t model_length;\n\nconst uint64_t model_words[] = {");
  uint8_t bytes[8] = {0};
  size_t length = 0;
  for (size_t got; (got = fread(bytes, 1, sizeof bytes, file)) > 0; length += got) {
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    printf("UINT64_C(0x%" PRIx64 "),\n", word);
    memset(bytes, 0, sizeof bytes);
  }
  printf("};\nconst size_t model_length = %zu;\n", length);
  fclose(file);
  return EXIT_SUCCESS;
}
