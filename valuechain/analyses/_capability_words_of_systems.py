"""Everyday words for sensors, systems and what goes with them; `_capability_words` tells what they are for."""

from __future__ import annotations

SYSTEMS = """\
fibre-optic sensors strain:
    dehnung dehnungsmessung faserbragg bauwerk bauwerksüberwachung brücke tunnel damm gleis zug züge schiene pipeline
    bohrloch erdöl ölquelle transformator windrad rotorblatt verteilt strain bragg structural bridge dam rail railway
    track trains borehole downhole oil wells transformer blade kilometres distributed acoustic intrusion zaun fence
    durchbiegung kran kranarm flugzeugflügel schiff rumpf staumauer lawine hangrutsch erdrutsch leckageortung
    kabelüberwachung brandmeldekabel gleisbett verformung bending crane wing hull avalanche landslide slope load
    deformation harsh cable monitoring heat listen
biosensors lab-on-chip:
    schnelltest bluttest blut speichel schweiß urin erreger krankheitserreger virus viren bakterien antikörper
    biomarker marker kartusche teststreifen diagnostik blood saliva sweat pathogen bacteria antibody cartridge strip
    diagnostics point-of-care assay molecules protein dna hormone glucose zucker allergen allergentest glutentest
    testkit keimtest trinkwassertest tierarzt schwangerschaft hygieneprüfung zellanalyse kit allergy gluten kitchen vet
    veterinary pregnancy sepsis hospital infection test quick rapid
gas chemical sensors:
    gas methan leck leckage lecksuche erdgas ammoniak abgas emission feinstaub luftqualität kohlendioxidmessung rauch
    brand rauchmelder leak leaking leakage natural ammonia exhaust particulate air quality smoke fire sniff solvent
    lösemittel sauerstoff oxygen chemical kältemittel wärmepumpe biogas stall gülle ethylen reifegas atemluft atemtest
    schnüffeln aufspüren entweicht grubengas schutzgas wasserstoff refrigerant heat pump escaping fermentation breath
    breathalyser manure hydrogen detector mine odour geruch
chemical sensors spectroscopy water:
    wasser wasserqualität abwasser trinkwasser gewässer nitrat trübung sonde water wastewater drinking turbidity algae
    algen schwimmbadwasser kühlschmierstoff chlor aquakultur brunnen turbid oil coolant chlorine aquaculture fish well
    spill
photovoltaic solar cells modules:
    solarzelle solar photovoltaik solarmodul solarfolie dach fassade panel strom sonne solarpanel foil roof facade
    sunlight electricity sonnenstrom rucksack ladegerät wohnmobil balkon zelt energieernte backpack charger camper
    balcony tent harvest energy harvesting hair thin
photonic packaging hybrid integration fibre coupling:
    packaging aufbau verbindungstechnik häusen einhausen gehäuse ankoppeln faserkopplung einkoppeln justage justieren
    ausrichten bestücken setzen flip-chip bonden drahtbonden hermetisch package housing couple coupling align alignment
    attach attaching pick-and-place assemble assembly wire-bond pigtailing hermetic sub-micron glue gasdicht keramik
    keramikgehäuse verkapseln chipträger aufkleben positionieren montieren submount verschließen chip löten gas-tight
    ceramics encapsulate mount place optics precise placement module
lithography direct-write:
    belichten belichtung lithografie elektronenstrahl direktschreiben schreiben nanodruck muster mask expose exposure
    e-beam electron-beam stepper pattern patterning write writing direct-write nanometres nanometer chromblech stempel
    mikrorelief siegelstempel schablone feinstruktur vorlage relief tool master chrome nanoscale feature fine line
    structured resist
light microscopes imaging:
    mikroskop mikroskopie zelle zellkultur gewebe lebend fluoreszenz hochauflösend superauflösung vergrößern microscope
    microscopy cell tissue living live fluorescence super-resolution magnify sections wound wunde vergrößerung blutbild
    gewebeschnitt schnitt plankton spore pollen blutzelle asbest faserzählung magnification histology biopsy slide
    particle count digital pathology
optical coherence tomography:
    netzhaut augenhintergrund auge schnittbild tiefenschnitt hornhaut arterie retina eye cornea cross-section layer
    depth subsurface artery ophthalmology augenarzt oct tiefe oberfläche schichtweise zahnschmelz gefäßwand
    lackschichten tiefenbild surface enamel below image wall vessel multilayer film
optoacoustic imaging:
    ultraschall schall blutgefäß gefäße sauerstoffsättigung photoakustik ultrasound sound vessels photoacoustic
    acoustic arteries tumour tumor hören lichtton brustkrebs lymphknoten breast cancer lymph listen light oxygenation
    hautgefäße
endoscopes:
    endoskop boroskop hohlraum hohlräume rohrinnen innenrohr kanal motorraum katheter endoscope borescope cavity
    cavities inside pipe interior catheter engine bronchien darm schlauch haardünn hineinsehen reinschauen rohrleitung
    kanalisation abfluss bohrloch innen getriebe gelenk arthroskop lung hair thin tube look peer drain sewer gearbox
    joint arthroscope stomach magen swallow camera pill
medical lasers phototherapy light stimulation:
    haut zahn zähne zahnarzt tattoo narben entzündung schmerz therapie behandlung behandeln bestrahlung chirurgie
    operation operieren augenlaser nerven haarentfernung schlaf skin tooth teeth dental dentist scars inflammation pain
    therapy treat treating treatment surgery surgical surgeon operate nerves hair sleep lamp depression optogenetics
    rücken rückenschmerzen muskel wärmestrahlen lindern neugeborene gelbsucht krampfadern kosmetik falten akne bart
    kurzsichtigkeit wundheilung back ease muscles warm rays newborn jaundice varicose cosmetic wrinkles acne beard
    myopia heal healing relief tiermedizin
raman infrared spectroscopy instruments:
    raman infrarotspektroskopie nahinfrarot stoffanalyse materialanalyse echtheit fälschung arznei arzneimittel
    medikament tabletten pillen drogen sprengstoff feuchte eiweiß fett getreide milch honig olivenöl wasserzusatz
    zusammensetzung inhaltsstoffe konzentration authenticity counterfeit fake drugs medicine pills tablets explosive
    moisture protein fat grain wheat milk honey oil watered composition ingredients concentration handheld pocket
    identify analyse content pestizid pesticide libs legierung schrottteil werkstofferkennung brennerei honigprüfung
    weinprüfung lebensmittelbetrug dopingmittel düngemittel boden bodenprobe nährstoff diesel kraftstoff lösung laufend
    alloy metal type distillery soil nutrients fertiliser fuel purity reinheit continuous pharma identity adulterated
    glucose blood
spectral imaging spectroscopy sorting:
    sortieren sortierung recycling altkunststoff abfall schrott unkraut reif sort sorting recycle plastics waste scrap
    weeds ripe ripeness crop pflanze acker feld nüsse kartoffeln schimmel kaffeebohnen saatgut unreif früchte obst
    altholz altglas textilien mould nuts potatoes coffee beans seed unripe fruits avocados wood glass cullet textiles
    conveyor foreign
lidar laser ranging:
    abstand abstandsmessung entfernung entfernungsmessung hindernis fahrerlos autonom selbstfahrend fahrzeug
    gabelstapler landvermessung füllstand geschwindigkeit wind windmessung distance ranging range obstacle driverless
    autonomous self-driving vehicle truck forklift robot survey surveying level speed velocity count rescue punktwolke
    point-cloud silo füllhöhe schüttgut steinbruch halde wald baumhöhe vermessung luft drohnenvermessung kollision
    einparken tiefgarage windpark seegang full heap stockpile quarry volume forest tree map mapping air aerial
    collision parking garage port hafen waves fog snow crane bulk
optical inspection metrology 3d measurement:
    vermessen messen messtechnik prüfen prüfung oberflächenprüfung qualitätskontrolle geometrie form profil dicke
    schichtdicke rauheit ebenheit maßhaltigkeit kratzer riss fehler defekt einschluss berührungslos interferometer
    schwingung vibrometer streifenprojektion measure gauge gauging metrology inspect inspection inspecting quality
    shape thickness roughness flatness dimension scratch crack flaw defect contactless non-contact touching vibration
    scan scanning deformation naht siegelnaht deckel becher verpackungskontrolle vollständig zahnabdruck fußscan
    orthopädie bohrungsprüfung spaltmaß reifenprofil schienenprofil holzbrett brett lackdicke passgenau abmessung
    beurteilen lid yoghurt seam judge complete packaging check footprint body-scan dental-scan gap tyre tread board
    plank film thick fit accurate straightness wear surface
optical communication networks equipment:
    breitband netzausbau glasfasernetz ortsnetz telekommunikation internet dorf gewerbegebiet anschluss funkmast
    broadband network telecom telecommunication village rural access last-mile metro backbone mobile klinik standorte
    campus schule leitungsnetz vermittlung anschlüsse kabelnetz stadtwerke gebäude hospital buildings school city
    utility capacity sites interconnect carrier provider operator subsea seekabel
free-space visible-light communication:
    freiraum lichtfunk richtfunk lifi lampenlicht dach dächer satellit bodenstation laserlink schiff unterwasserfunk
    free-space li-fi rooftop buildings ground-station beam downlink uplink underwater-link boot land funklizenz
    hafenfunk u-bootfunk flugzeug zug internet explosionsgeschützt störungsfrei ships shore boats licence radio-free
    licence-free plane drone link underwater hangar interference spectrum-free roof
space instruments astronomy:
    raumfahrt weltraum weltall nutzlast kleinsatellit satellit cubesat teleskop fernrohr erdbeobachtung stern space
    spaceborne payload smallsat telescope orbit earth-observation weather wetter star tracker astronomy astronomie
    planet mond marsmission rakete wetterbeobachtung sternwarte sternsensor weltraumtauglich moon mars rocket
    observatory launch sun sensor spectrograph space-proof
quantum communication qkd qrng:
    abhörsicher verschlüsselung verschlüsseln schlüssel schlüsselaustausch zufallszahl zufall schützen nachricht geheim
    tap-proof eavesdropping eavesdrop encrypt encryption key exchange random secure secret secrecy messages protect
    bank quantensicher quantum-safe post-quantum unknackbar codes wasserwerk stromnetz kritische infrastruktur hacker
    lauschangriff behörde geheimnis dechiffrieren unbreakable unhackable water utility grid critical infrastructure
    government tamper future computers
quantum sensors optical clocks:
    uhr zeitnormal zeit magnetfeld schwerkraft gravitation gravimeter magnetometer drehrate navigation gyroskop gehirn
    herz bodenschätze clock timing time magnetic gravity gravimetry rotation inertial gyroscope brain heart underground
    u-boot gps satellitennavigation satellitenlos ortung hohlraum hohlräume boden tunnel rohr archäologie muskelstrom
    batterieprüfung submarine satellites navigate locate cavity buried pipes archaeology nerve battery current
    synchronise network
atom ion quantum processors cold atoms:
    ionenfalle atomfalle ion kalte gefangen qubit quantencomputer vakuumkammer vakuumzelle rydberg trapped trap atom
    cold vacuum cell quantum-computer simulator atomlabor tragbar ultrakalt laserkühlung quantensimulation lab box
    laser cooling ultracold register
photonic computing:
    rechnen rechner lichtrechner prozessor neuronal netze netzwerke neuromorph beschleuniger hardware stromsparend
    sparsam compute computing processor transistor neural neuromorphic accelerator matrix heat recheneinheit
    grafikprozessor ki-chip lichtprozessor suche optimierung energiebedarf ai-chip inference training optical
    optimisation problems energy saving
luminaires smart lighting:
    beleuchtung leuchte lampe straßenlaterne laterne hallenbeleuchtung raumlicht dimmen energiesparend tageslicht
    gewächshaus lighting luminaire street lamps dim dimming energy-saving daylight human-centric greenhouse office
    light stall stallbeleuchtung museum museumslicht laden schaufenster sportplatz flutlicht arbeitsplatz straßenlicht
    pflanzenlicht wachstum tomaten keller shop window sports floodlit workplace barn grow growing indoor farm tomato
    basement tunnel
ar vr holographic display:
    datenbrille brille einblenden einblendung sichtfeld hologramm head-up headup frontscheibe windschutzscheibe glasses
    goggles eyewear headset eyepiece augmented virtual reality see-through overlay floats hologram holography
    windscreen 3d-display blickfeld sichtbar machen arbeitsschritt anleitung monteur fernwartung schulungsbrille
    raumbild fahrsimulator training instructions work steps fitter remote maintenance simulator guide wearer street map
    surgeon view
laser vision process integration inline control:
    linie fertigungslinie produktionslinie band taktzeit inline einbauen integrieren einbinden nachrüsten
    automatisieren automation roboterzelle anlage steuerung überwachen prozessüberwachung regelung line production
    conveyor belt cycle integrate integration retrofit automate robot cell installation monitor monitoring process
    closed-loop plant running regeln schmelzbad läuft förderband taktung qualitätsregelung prozessfenster
    nahtverfolgung melt pool control seam tracking loop adaptive sensor machine upgrade old
calibration qualification reliability testing:
    kalibrieren kalibrierung eichen eichung rückführbar prüflabor klimakammer klimatest alterung alterungsversuch
    lebensdauer dauertest rütteltest schütteltest vibration schock temperaturwechsel temperaturschock zuverlässigkeit
    zertifikat norm strahlungstest emv calibrate calibration traceable standard climate chamber burn-in ageing aging
    lifetime endurance thermal-cycling shock reliability certificate certification certify qualify qualification
    radiation-hard accredited laser-safety lasersicherheit laserschutz nachweisen jahre haltbar langzeit bezugsnormal
    referenz verlässlich luxmeter lichtstärke automobilzulassung salznebel staub feuchte ip-schutz sicherheitsprüfung
    prove fifteen years lasts long term reference trustworthy lux meter automotive salt spray dust humidity ingress eye
    safe safety photometry photometrie
image signal analysis software:
    software bildauswertung auswerten auswertung bildverarbeitung bilderkennung künstlich intelligenz algorithmus
    erkennen erkennung klassifizieren maschinelles lernen datenanalyse analyse analysis algorithm recognise recognize
    recognition classify detection machine-learning deep-learning pictures images counting spot faces gesichter
    ertrinkende zählen bildbasiert fehlerbild programmieren anlernen anomalie messdaten kurve sprache daten pool
    drowning programme train network anomaly curves measurement data reading plates tell apart
clinical validation medical-device approval:
    zulassung zulassen medizinprodukt mdr ce-zeichen verkaufen klinik klinisch patient studie probanden erproben ethik
    krankenhaus approve approved approval permission regulation regulatory hospital clinic trial volunteers ethics fda
    notified sell ethikvotum versuch testpersonen krankenkasse erstattung ärzte anwenderstudie vote persons insurance
    reimbursement doctors user study marketing europe allowed
prototyping sme innovation support:
    fördermittel förderung förderantrag zuschuss antrag partner netzwerk beratung schulung weiterbildung pilotkunde
    muster demonstrator prototyp funktionsmuster machbarkeit machbarkeitsstudie gründung markteinführung funding grant
    subsidy network advice training teach course operators pilot customer feasibility mock-up startup spin-off sample
    proof-of-concept kunden gründer gründerteam geldgeber investor machbar beraten messeauftritt patent schutzrecht
    normung marktstudie technologieberatung first founder team feasible advise fair standards market study technology
    scouting mentoring workshop
"""
