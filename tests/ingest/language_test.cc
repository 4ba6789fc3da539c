#include "ingest/language.hh"

#include <gtest/gtest.h>

#include <string>

namespace depeche::ingest {
namespace {

struct LanguageCase {
  std::string name;
  std::string text;
  bool is_foreign;
};

TEST(Language, OnlyClearCasesAreForeign) {
  const std::vector<LanguageCase> cases{
      {"french",
       "La jeune pousse lyonnaise a présenté hier son nouvel accélérateur de calcul, qui consomme deux fois moins "
       "que le précédent. "
       "Les premiers exemplaires seront livrés au printemps, et la direction compte sur trois clients industriels "
       "pour l'année.",
       false},
      {"french full of english names",
       "Google Cloud, Amazon Web Services et Microsoft Azure ont signé avec OpenAI, Anthropic et Mistral AI. Le "
       "Financial Times et "
       "le Wall Street Journal citent Sam Altman, Dario Amodei, Jensen Huang et Satya Nadella sur le prix des GPU "
       "H100 et Blackwell.",
       false},
      {"english",
       "The start-up from Lyon has shown its new computing accelerator, which uses half the power of the one before. "
       "The first "
       "units will be delivered in the spring, and the management counts on three industrial customers for the "
       "coming year.",
       true},
      {"spanish",
       "La empresa presentó ayer su nuevo acelerador de cálculo, que consume la mitad que el anterior. Las primeras "
       "unidades se "
       "entregarán en la primavera y la dirección cuenta con tres clientes industriales para el año que viene en el "
       "país.",
       true},
      {"italian",
       "La società ha presentato ieri il suo nuovo acceleratore di calcolo, che consuma la metà del precedente. I "
       "primi esemplari "
       "saranno consegnati in primavera e la direzione conta su tre clienti industriali per l'anno che viene nel "
       "paese.",
       true},
      {"german",
       "Das junge Unternehmen hat gestern seinen neuen Rechenbeschleuniger vorgestellt, der nur halb so viel Strom "
       "verbraucht wie "
       "der alte. Die ersten Geräte werden im Frühjahr geliefert, und die Leitung rechnet mit drei Kunden aus der "
       "Industrie.",
       true},
      {"polish",
       "Młoda firma z Lyonu pokazała wczoraj nowy akcelerator obliczeń, który zużywa o połowę mniej energii niż "
       "poprzedni. Pierwsze "
       "egzemplarze trafią do klientów wiosną, a kierownictwo liczy na trzech odbiorców przemysłowych w nadchodzącym "
       "roku.",
       true},
      {"russian",
       "Молодая компания из Лиона показала вчера новый ускоритель вычислений, который потребляет вдвое меньше "
       "энергии, чем "
       "предыдущий. Первые экземпляры будут поставлены весной, и руководство рассчитывает на трёх промышленных "
       "заказчиков, "
       "а также на крупные государственные заказы.",
       true},
      {"short english", "The start-up from Lyon has shown its new accelerator.", false},
  };
  for (const LanguageCase& row : cases) {
    EXPECT_EQ(is_clearly_not_french(row.text + "\n" + row.text), row.is_foreign) << row.name;
  }
}

}  // namespace
}  // namespace depeche::ingest
